import { useMemo } from 'react';
import type { Conversation } from '../../protocol/index.ts';
import type { LiveReply } from '../types.ts';
import { useConversations } from './use-conversations.ts';

/** What is being written anywhere, in whatever conversation; the newest activity first. Costs one read of the list. */
export function useLive(): readonly LiveReply[] {
  const { list } = useConversations();
  return useMemo(() => list.flatMap(livesOf), [list]);
}

function livesOf(conversation: Conversation): LiveReply[] {
  const { open, asking } = conversation;
  return open.map((reply) => ({ conversation, reply, asks: asking.includes(reply) }));
}
