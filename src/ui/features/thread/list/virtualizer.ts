import type { Virtualizer } from '@tanstack/react-virtual';

/** What knows which rows of a thread are mounted, and where. */
export type ThreadVirtualizer = Virtualizer<HTMLDivElement, HTMLDivElement>;
