/** What finding in a conversation says. */
export { find } from '../../actions/strings/anywhere.ts';
export const placeholder = 'Find words or “phrases”';
export const finding = 'Finding';
export const previous = 'Previous hit';
export const previousKey = 'Previous hit (Shift+Enter)';
export const next = 'Next hit';
export const nextKey = 'Next hit (Enter)';
export const list = 'List of hits';
export const filters = 'Filters';
export const close = 'Close find';
export const closeKey = 'Close (Esc)';
export const nothing = 'Nothing found';
export const found = (hits: number) => `${hits} found`;
export const hitOf = (hit: number, hits: number) => `${hit} of ${hits}`;

export const who = 'Who';
export const anyone = 'Anyone';
export const you = 'You';
export const assistant = 'Assistant';
export const systemPrompt = 'System prompt';
export const model = 'Model';
export const any = 'Any';
export const from = 'From';
export const until = 'Until';
export const label = 'Label';
export const onlyStarred = 'Only with a star';
export const asidesToo = 'Asides too';

export const foundList = 'Found';
export const showMore = 'Show more';
export const hidden = 'hidden';
export const onOtherBranch = 'on another branch';
export const inAside = 'in an aside';
export const beingWritten = 'being written';
