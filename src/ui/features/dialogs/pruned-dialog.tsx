import { excerpt } from '../../../protocol/reading/first-line.ts';
import { prunedIn, subtreeOf } from '../../../tree/index.ts';
import { restore } from '../../actions/message/prune.ts';
import { Button, Dialog } from '../../components/index.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import type { OpenPage } from '../../stores/page.ts';
import * as strings from './strings.ts';

/** What was hidden in this conversation: look at it where it is, or bring it back. */
export function PrunedDialog({ page }: { readonly page: OpenPage }) {
  const { tree } = page.view;
  const whole = tree.whole ?? tree;
  const pruned = prunedIn(whole);
  return (
    <Dialog title={strings.hiddenBranches} onClose={closeDialog}>
      {pruned.length === 0 && <p className="p-4 text-muted text-sm">{strings.nothingHidden}</p>}
      <ul aria-label={strings.hiddenBranches} className="overflow-y-auto p-2">
        {pruned.map((head) => {
          const header = whole.messages.get(head);
          const words = excerpt(header?.preview ?? strings.aReply);
          const count = subtreeOf(whole, head).length;
          return (
            <li key={head} className="flex items-center gap-2 rounded-lg px-2 py-1.5">
              <span className="min-w-0 flex-1">
                <span className="block truncate text-sm">{words}</span>
                <span className="block text-muted text-xs">
                  {header?.role === 'user' ? strings.you : strings.assistant} · {strings.messages(count)}
                </span>
              </span>
              <Button
                look="text"
                aria-label={strings.viewOf(words)}
                onClick={() => {
                  closeDialog();
                  page.goTo(head);
                }}
              >
                {strings.view}
              </Button>
              <Button aria-label={strings.restoreOf(words)} onClick={() => void restore(page, [head])}>
                {strings.restore}
              </Button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
