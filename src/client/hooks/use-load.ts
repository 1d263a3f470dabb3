import { useRef } from 'react';
import { sentenceOf } from '../kit/errors.ts';

interface Load<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
}

/**
 * Status and sentence of a query. A failure stays on the screen while it is tried again in the background, instead of
 * changing places with "loading" at each attempt.
 */
export function useLoad<T>({ data, error }: Load<T>): {
  status: 'loading' | 'ready' | 'error';
  failure: Error | undefined;
} {
  const failed = useRef<Error>(undefined);
  if (data !== undefined) failed.current = undefined;
  else if (error) failed.current = error;
  const failure = failed.current;
  return { status: data !== undefined ? 'ready' : failure ? 'error' : 'loading', failure };
}

/** A failure as hooks give it: a sentence, or nothing where nothing failed. */
export function errorOf(failure: Error | undefined): { error?: string } {
  return failure ? { error: sentenceOf(failure) } : {};
}
