import { useQuery } from '@tanstack/react-query';
import type { ListData } from '../folds/list-data.ts';
import { useBough } from './context.tsx';

const conversationsAsking = ({ shown }: ListData): number =>
  shown.filter(({ asking }) => asking.length > 0).length;

/** In how many conversations a reply waits for a person; 0 until the list is known. */
export function useAsking(): number {
  const { list } = useBough();
  return useQuery({ ...list.query, select: conversationsAsking }).data ?? 0;
}
