/** What is said about questions to several branches, and about several messages in one question. */
import { amountText } from '../../components/amount-text.ts';

export { newBranch, noModel } from './messages.ts';
export const askAll = 'Ask all of these';
export const replies = (count: number) => `${amountText(count, 'new reply', 'new replies')}`;
export const oneBranch =
  'These messages are on one branch. Select messages from different branches to ask all.';
export const tooMany = (most: number) => `You can ask up to ${most} branches at a time.`;
export const askedAll = (count: number) => `Asked ${amountText(count, 'branch', 'branches')}`;
export const bringTogether = 'Bring together';
export const tooManyMessages = (most: number) => `You can bring up to ${most} messages together.`;
export const bestOfAll = 'Bring the best of these together into one answer.';
