import { type Opened, openedOf } from '../../opened.ts';
import { useBough } from '../context.tsx';

/** What opened conversations need; apart from context.tsx, which is in the first load. */
export const useOpened = (): Opened => openedOf(useBough());
