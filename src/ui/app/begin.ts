/** What the address asks for, asked for before anything is drawn: code, messages and tree then come at the same time. */

import type { Bough } from '../../client/bough.ts';
import { breath } from '../../client/kit/slices.ts';
import { numberText } from '../../protocol/language.ts';
import { clockText } from '../components/date-text.ts';
import { NARROW } from '../components/index.ts';
import { usePanes } from '../stores/panes.ts';
import { currentRoute } from '../stores/route.ts';
import { entryOf } from '../stores/whereabouts/entry.ts';
import { LoadedExplorer } from './frame/load-explorer.tsx';
import { LoadedThread } from './frame/load-thread.tsx';
import { LoadedPage } from './load-page.tsx';

/** Failures are seen, and said, by those who need what did not come. */
export function begin(bough: Bough): void {
  const route = currentRoute();
  if (route.kind !== 'conversation') return;
  const spot = entryOf(route.id).spot ?? undefined;
  import('../../client/read-ahead.ts')
    .then(({ loadAhead }) => loadAhead(bough, route.id, { ...spot, code: loadCode() }))
    .catch(() => {});
}

/** Nothing of it waits for a sign-in. Resolves when messages can be drawn. */
export async function loadCode(): Promise<void> {
  const route = currentRoute();
  if (route.kind !== 'conversation') return;
  const needed = [LoadedPage, LoadedThread].map(({ load }) => load());
  if (usePanes.getState().chosen.get(route.id) === 'split' && !window.matchMedia(NARROW).matches)
    void LoadedExplorer.load();
  // While that comes: the first number and the first time take a thousand times as long as those after them.
  await breath();
  numberText(0);
  await breath();
  clockText(0);
  await Promise.all(needed);
}
