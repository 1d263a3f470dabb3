/** What is said where a session of an agent is continued. */
import { momentText } from '../../components/date-text.ts';

export { continueSession } from './strings-later.ts';

export const sessions = 'Sessions';
export const ofAgent = (agent: string, folder: string) =>
  `Sessions of ${agent} in ${folder}. What was said in one becomes a chat.`;
export const asking = (agent: string) => `Asking ${agent}…`;
export const none = (agent: string) => `${agent} has no sessions in this folder.`;
export const more = 'Show more';
export const untitled = 'Untitled session';
export const time = (at: number) => momentText(at);
