import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { EverywhereHit } from '../../protocol/find/everywhere.ts';
import { excerptNear, hasAll, searchable, termsOf } from '../../protocol/find/find.ts';
import type { Conversation } from '../../protocol/index.ts';
import { foundIn, nameOfAuthor } from '../../protocol/text.ts';
import type { KeptMessage } from '../kept/kept.ts';
import { useBough } from './context.tsx';
import { useConversations } from './use-conversations.ts';
import type { EverywhereView } from './use-found-everywhere.ts';

export interface KeptFoundView extends Pick<EverywhereView, 'hits' | 'conversations' | 'finding'> {
  /** Conversations whose title has all the words. */
  readonly titled: readonly Conversation[];
}

/** So many messages are shown at most. */
const MOST = 200;
const none: readonly KeptMessage[] = [];

/** Words in what this browser keeps, for where the server cannot be asked: titles and messages, the newest first. No filters. */
export function useKeptFound(words: string): KeptFoundView {
  const { kept } = useBough();
  const { list } = useConversations();
  const terms = useMemo(() => termsOf(words), [words]);
  const { data = none, isFetching } = useQuery({
    queryKey: ['find-kept', terms],
    queryFn: () => kept?.find(terms, MOST) ?? none,
    enabled: terms.length > 0,
    networkMode: 'always',
    gcTime: 0,
  });
  return useMemo(() => {
    const known = new Map(list.map((one) => [one.id, one]));
    const hits = data.flatMap(({ conversation, message }) =>
      known.has(conversation) ? [hitOf(conversation, message, terms)] : [],
    );
    return {
      finding: isFetching,
      hits: hits.sort((a, b) => b.time - a.time),
      conversations: new Map(
        list.map(({ id, title, archived }) => [
          id,
          { id, title: title.text, ...(archived && { archived: true as const }) },
        ]),
      ),
      titled: terms.length > 0 ? list.filter(({ title }) => hasAll(searchable(title.text), terms)) : [],
    };
  }, [data, list, terms, isFetching]);
}

function hitOf(
  conversation: string,
  message: KeptMessage['message'],
  terms: readonly string[],
): EverywhereHit {
  const { id, role, author, time, parts } = message;
  const name = nameOfAuthor(author);
  return {
    conversation,
    id,
    role,
    time,
    ...(name && { author: name }),
    ...excerptNear(foundIn(parts), terms),
  };
}
