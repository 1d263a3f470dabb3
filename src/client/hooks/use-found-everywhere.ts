import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { EverywhereHit, EverywhereQuery, FoundEverywhere } from '../../protocol/find/everywhere.ts';
import { findEverywhere } from '../find.ts';
import { sentenceOf } from '../kit/errors.ts';
import { useBough } from './context.tsx';

type FoundConversation = FoundEverywhere['conversations'][number];

/** What was found in all conversations so far. */
export interface EverywhereView {
  /** An answer is on its way; until it is there the last one stands. */
  readonly finding: boolean;
  readonly error: string | undefined;
  /** The newest first. */
  readonly hits: readonly EverywhereHit[];
  readonly conversations: ReadonlyMap<string, FoundConversation>;
  /** Looks further: there may be more. */
  readonly more: (() => void) | undefined;
  readonly reading: FoundEverywhere['reading'];
  readonly choices: FoundEverywhere['choices'];
}

interface EverywhereOptions {
  /** False: nothing is asked. Default: true. */
  readonly enabled?: boolean;
  readonly choices?: boolean;
  /** It looks further by itself until there are so many hits, or nothing is left. Default: 0, one answer is enough. */
  readonly enough?: number;
}

/** How many answers without enough hits are waited for before a person says to go on. */
const PATIENCE = 8;
/** While conversations are being read, it is asked again, in ms. */
const AGAIN = 3_000;

/** Messages of all conversations that answer a question. A newer question ends the one before. */
export function useFoundEverywhere(
  query: EverywhereQuery,
  { enabled = true, choices = false, enough = 0 }: EverywhereOptions = {},
): EverywhereView {
  const { http } = useBough();
  const { data, error, isFetching, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['find-everywhere', query, choices],
    queryFn: ({ pageParam, signal }) =>
      findEverywhere(
        http,
        { ...query, ...(pageParam !== undefined && { from: pageParam }) },
        { choices: choices && pageParam === undefined, signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    enabled,
    retry: false,
    networkMode: 'always',
    refetchOnWindowFocus: false,
    refetchInterval: ({ state }) => (state.data?.pages[0]?.reading ? AGAIN : false),
  });
  const pages = data?.pages;
  const few =
    pages !== undefined &&
    pages.length < PATIENCE &&
    pages.reduce((sum, { hits }) => sum + hits.length, 0) < enough;
  useEffect(() => {
    if (enabled && few && hasNextPage && !isFetching) void fetchNextPage();
  }, [enabled, few, hasNextPage, isFetching, fetchNextPage]);
  return useMemo(() => {
    const known = enabled ? (pages ?? []) : [];
    return {
      finding: isFetching,
      error: error ? sentenceOf(error) : undefined,
      hits: known.flatMap(({ hits }) => hits),
      conversations: new Map(known.flatMap(({ conversations }) => conversations).map((one) => [one.id, one])),
      more: hasNextPage && !few ? () => void fetchNextPage() : undefined,
      reading: known[0]?.reading,
      choices: known[0]?.choices,
    };
  }, [pages, error, isFetching, hasNextPage, few, fetchNextPage, enabled]);
}
