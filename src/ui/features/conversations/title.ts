import type { Conversation } from '../../../protocol/index.ts';

/** What a conversation is called on the page; one that nothing was said in has no title yet. */
export function titleOf(header: Conversation): string {
  return header.title.text || 'Untitled chat';
}
