/** What the address asks for, asked for before anything is drawn: code, messages and tree then come at the same time. */
import type { Bough } from '../../client/bough.ts';
import { currentRoute } from '../stores/route.ts';
import { loadPage } from './load-page.tsx';
import { loadThread } from './load-thread.ts';

/** Failures are seen, and said, by those who need what did not come. */
export function begin({ outbox, outlines, queryClient }: Bough): void {
  const route = currentRoute();
  if (route.kind !== 'conversation') return;
  for (const load of [loadPage, loadThread]) load().catch(() => {});
  // One whose first message is still on its way is not there yet.
  if (!outbox.uncreated.get().has(route.id)) queryClient.query(outlines.query(route.id)).catch(() => {});
}
