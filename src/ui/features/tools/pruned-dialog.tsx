import { prunedIn, subtreeOf } from '../../../tree/index.ts';
import { restore } from '../../actions/prune.ts';
import { Button, Dialog } from '../../components/index.ts';
import type { OpenPage } from '../../stores/page.ts';
import { excerpt } from '../../stores/target.ts';
import { closeTool } from '../../stores/tools.ts';

/** What was pruned in this conversation: look at it where it is, or bring it back. */
export function PrunedDialog({ page }: { readonly page: OpenPage }) {
  const { id, tree } = page.view;
  const whole = tree.whole ?? tree;
  const pruned = prunedIn(whole);
  return (
    <Dialog title="Pruned branches" onClose={closeTool}>
      {pruned.length === 0 && (
        <p className="p-4 text-muted text-sm">
          Nothing is pruned here. “Prune” on a message hides it with all that follows; nothing is deleted, and
          what is hidden is listed here.
        </p>
      )}
      <ul aria-label="Pruned branches" className="overflow-y-auto p-2">
        {pruned.map((head) => {
          const header = whole.messages.get(head);
          const words = excerpt(header?.preview ?? 'A reply');
          const count = subtreeOf(whole, head).length;
          return (
            <li key={head} className="flex items-center gap-2 rounded-lg px-2 py-1.5">
              <span className="min-w-0 flex-1">
                <span className="block truncate text-sm">{words}</span>
                <span className="block text-muted text-xs">
                  {header?.role === 'user' ? 'You' : 'Assistant'} ·{' '}
                  {count === 1 ? '1 message' : `${count} messages`}
                </span>
              </span>
              <Button
                look="text"
                aria-label={`Look at “${words}”`}
                onClick={() => {
                  closeTool();
                  page.goTo(head);
                }}
              >
                Look
              </Button>
              <Button aria-label={`Restore “${words}”`} onClick={() => void restore(page.client, id, [head])}>
                Restore
              </Button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
