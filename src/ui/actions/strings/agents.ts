/** What is said of going back with an agent, before anything is pressed. */
import { amountText } from '../../components/amount-text.ts';

export const goesOn = (agent: string) => `${agent} goes on in its session.`;
export const forks = (agent: string) => `${agent} forks its session here.`;
export const notKnown = (agent: string) =>
  `Whether ${agent} can go back to here is known once it has been started.`;
export const beginsAnew = (agent: string) =>
  `${agent} cannot go back to here and begins anew with the conversation as text.`;
export const canBeginAnew = (agent: string) =>
  `${agent} cannot go back to here; it can begin anew with the conversation as text.`;
export const whyNot = {
  'not-its-own': 'Its sessions do not hold what others said.',
  unknown: 'It is not known where this stands in its session.',
  'moved-on': 'More was said in its session since.',
  shared: 'Its session belongs to the chat this one was copied from.',
  gone: 'Its session is gone.',
  elsewhere: 'The branch has files of its own, and its session stays with those it has.',
} as const;
export const whatCopiesTake = 'What copies take along';
export const eachItsOwnCopy = 'Each branch its own copy';
export const ownFiles = 'The branch gets a copy of the folder, with the files as they were here.';
export const filesStay = (names: readonly string[], more: number) => {
  const all = more > 0 ? `${names.join(', ')} and ${amountText(more, 'more file')}` : names.join(', ');
  return `Files changed since stay as they are: ${all}.`;
};
