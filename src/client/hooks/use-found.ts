import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { FIND_PAGE, type FindQuery, type Hit } from '../../protocol/find/find.ts';
import type { Tree } from '../../tree/index.ts';
import { find } from '../find.ts';
import { sentenceOf } from '../kit/errors.ts';
import { useBough } from './context.tsx';

/** What was found so far. */
export interface FoundView {
  /** The first answer is on its way; after it the last one stands until the next is there. */
  readonly finding: boolean;
  readonly error?: string;
  /** All messages found, in the order they came to be. */
  readonly ids: readonly string[];
  readonly hits: readonly Hit[];
  /** There are more hits than were fetched with their words. */
  readonly more?: () => void;
}

const none: readonly string[] = [];
const noHits: readonly Hit[] = [];

/** Messages of a conversation that answer a question; asked again when messages or marks have come. */
export function useFound(conversation: string, query: FindQuery, tree: Tree): FoundView {
  const { http } = useBough();
  const { messages, marks } = tree.whole ?? tree;
  const { data, error, isFetching, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['find', conversation, query, messages.size, marksKey(marks)],
    queryFn: ({ pageParam, signal }) => find(http, conversation, query, { skip: pageParam, signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      pages.length * FIND_PAGE < last.ids.length ? pages.length * FIND_PAGE : undefined,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
    networkMode: 'always',
    refetchOnWindowFocus: false,
  });
  return useMemo(
    () => ({
      finding: isFetching && !data,
      ...(error && { error: sentenceOf(error) }),
      ids: data?.pages[0]?.ids ?? none,
      hits: data?.pages.flatMap(({ hits }) => hits) ?? noHits,
      ...(hasNextPage && { more: () => void fetchNextPage() }),
    }),
    [data, error, isFetching, hasNextPage, fetchNextPage],
  );
}

const keys = new WeakMap<object, number>();
let made = 0;

/** A number for each set of marks: they change seldom, and are compared by identity. */
function marksKey(marks: object): number {
  const known = keys.get(marks);
  if (known !== undefined) return known;
  made += 1;
  keys.set(marks, made);
  return made;
}
