import { find } from '../actions/page/anywhere.ts';
import { Button, couldNotOpen, dialogLater, later } from '../components/index.ts';
import { closeDialog, showFind, typeToFind, useDialogs } from '../stores/dialogs.ts';
import { usePageToFind } from '../stores/page.ts';
import { ErrorBoundary } from './frame/error-boundary.tsx';
import * as strings from './strings.ts';

/**
 * Find, palette, menus and dialogs: nothing of them is in the first load. Once their code is there they open within the key press: what is
 * typed next goes into them. What is typed before that waits for them.
 */
export const LoadedDialogs = dialogLater(
  async () => (await import('../features/dialogs/index.ts')).Dialogs,
  closeDialog,
);

export const LoadedFind = later(
  async () => (await import('../features/find/index.ts')).FindBar,
  <FindSoon />,
  (failed) => (
    <div className="flex shrink-0 border-line border-y bg-surface">
      {failed}
      <Button look="ghost" onClick={() => showFind(false)}>
        {strings.close}
      </Button>
    </div>
  ),
);

/** Until its code is there: what is typed meanwhile is looked for then, and does not go into the message. */
function FindSoon() {
  return (
    <search data-print="hide" className="shrink-0 border-line border-y bg-surface px-1.5 py-1 text-ink">
      <input
        ref={(field) => field?.focus()}
        data-find
        type="text"
        aria-label={find.name}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => typeToFind(target.value)}
        className="min-h-9 w-full bg-transparent px-9 outline-none"
      />
    </search>
  );
}

/** What is open over the page. */
export function OpenDialogs() {
  const isOpen = useDialogs(({ dialog }) => dialog !== undefined);
  if (!isOpen) return null;
  return (
    <ErrorBoundary what={strings.thisDialog} around={couldNotOpen(closeDialog)}>
      <LoadedDialogs />
    </ErrorBoundary>
  );
}

/** Find, where it is open: in a row of its own, so that it covers nothing of the conversation it leads through. */
export function OpenFind() {
  const isOpen = useDialogs(({ find }) => find);
  const at = useDialogs(({ findAt }) => findAt);
  const page = usePageToFind();
  if (!isOpen || !page) return null;
  const { id } = page.view;
  // Words that were looked for elsewhere are of no use in another conversation.
  if (at && at.conversation !== id) return null;
  return <LoadedFind key={`${id} ${at?.message} ${at?.words}`} page={page} at={at} />;
}
