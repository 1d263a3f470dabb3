/** Where each conversation was being read, for as long as the page lives. */
import type { VirtualItem } from '@tanstack/react-virtual';

export interface ReadingPlace {
  /** Scroll position in px. */
  readonly offset: number;
  /** The reader was at the end, and will be again whatever has been added. */
  readonly atEnd: boolean;
  /** Heights as they were measured. */
  readonly sizes: VirtualItem[];
}

const KEPT = 30;
const places = new Map<string, ReadingPlace>();

export const placeIn = (conversation: string): ReadingPlace | undefined => places.get(conversation);

export function rememberPlace(conversation: string, place: ReadingPlace): void {
  places.delete(conversation);
  places.set(conversation, place);
  for (const oldest of places.keys()) {
    if (places.size <= KEPT) break;
    places.delete(oldest);
  }
}
