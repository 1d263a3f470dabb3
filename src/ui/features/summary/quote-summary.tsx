import { useEffect, useEffectEvent, useState } from 'react';
import { excerpt } from '../../../protocol/reading/first-line.ts';
import { hasPosition, pathTo, sameModel, type Tree } from '../../../tree/index.ts';
import { bring } from '../../actions/message/bringing.ts';
import { firstWordsOf } from '../../actions/message/turn.ts';
import { Button, Dialog } from '../../components/index.ts';
import { closeDialog, openDialog } from '../../stores/dialogs.ts';
import { ask } from '../../stores/errands.ts';
import type { OpenPage } from '../../stores/page.ts';
import { showThread } from '../../stores/panes.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';
import { DraftField, isBeingWritten, notReady } from './draft-field.tsx';
import * as strings from './strings.ts';
import { useWriters, Writer } from './summary-settings.tsx';
import { useSummaryWriting } from './use-summary-writing.ts';

interface QuoteSummaryProps {
  readonly page: OpenPage;
  /** The reply it is a summary up to. */
  readonly message: string;
  /** Words to begin with, of one that was discarded. */
  readonly text?: string | undefined;
}

/** A summary of a branch, by a model or by hand, to be quoted: nothing is stored before what quotes it is sent. */
export function QuoteSummary({ page, message, text }: QuoteSummaryProps) {
  const chats = useWriters();
  const [model, setModel] = useState(() => chats.find(({ ref }) => sameModel(ref, page.model)));
  const [way] = useState(() => wayTo(page, message));
  const [alone, setAlone] = useState(way.since !== undefined);
  const { draft, write, stop, change } = useSummaryWriting(text ?? '');
  const conversation = page.view.id;
  const start = (isAlone = alone) => {
    const since = isAlone ? way.since : undefined;
    if (model)
      void write({
        ...{ conversation, after: message, keep: 0, model: model.ref },
        ...(since !== undefined && { since }),
      });
  };
  const begin = useEffectEvent(() => {
    if (text === undefined) start();
  });
  useEffect(() => begin(), []);
  const isWriting = isBeingWritten(draft);
  const why = notReady(draft);
  const quotes = () => {
    const by =
      draft.own && model ? { kind: 'model' as const, model: model.ref, name: model.name } : undefined;
    const of = { conversation, message };
    return [{ of, author: by ?? { kind: 'user' as const }, text: draft.text.trim(), summary: true }];
  };
  const quote = () => {
    if (why) return;
    try {
      bring(conversation, quotes());
      closeDialog();
      showThread();
      ask('composer');
    } catch (error) {
      toastFailure(error);
    }
  };
  const again = () => openDialog({ kind: 'quote-summary', message, text: draft.text });
  const quoteElsewhere = () => !why && openDialog({ kind: 'quote-into', quotes: quotes(), onCancel: again });
  const leave = () => {
    closeDialog();
    if (draft.text.trim() === '') return;
    toast(strings.discarded, { action: { name: strings.edit, run: again } });
  };
  return (
    <Dialog title={strings.quoteTitle} onClose={leave}>
      <div className="flex min-h-0 flex-col gap-3 overflow-y-auto p-4">
        <p className="text-muted text-sm">
          {strings.quoteIntro(excerpt(firstWordsOf(page.view.tree, message)))}
        </p>
        <Writer {...{ chats, model, disabled: isWriting, onModel: setModel }} />
        {way.since !== undefined && (
          <Extent
            {...{ way, alone, disabled: isWriting }}
            tree={page.view.tree}
            onChoose={(next) => {
              setAlone(next);
              start(next);
            }}
          />
        )}
        <DraftField
          {...{ draft, onStop: stop, onChange: change }}
          {...(model && { onWrite: () => start() })}
        />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={leave}>{strings.cancel}</Button>
          <Button tip={why} aria-disabled={why !== undefined} onClick={quoteElsewhere}>
            {strings.quoteInto}
          </Button>
          <Button look="primary" tip={why} aria-disabled={why !== undefined} onClick={quote}>
            {strings.quoteIt}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

interface BranchWay {
  /** The last message it shares with the path on the page, where it leaves that one. */
  readonly since: string | undefined;
  /** How many messages follow that one, and how many there are in all. */
  readonly own: number;
  readonly all: number;
}

function wayTo({ view: { tree, path } }: OpenPage, message: string): BranchWay {
  const shown = new Set(path.map(({ key }) => key));
  const way = pathTo(tree.whole ?? tree, message);
  const at = way.findLastIndex((id) => shown.has(id));
  const leaves = at >= 0 && at < way.length - 1;
  return {
    since: leaves ? way[at] : undefined,
    own: counted(tree, way.slice(at + 1)),
    all: counted(tree, way),
  };
}

function counted(tree: Tree, way: readonly string[]): number {
  const { messages } = tree.whole ?? tree;
  const known = way.flatMap((id) => messages.get(id) ?? []);
  return known.filter(hasPosition).length;
}

interface ExtentProps {
  readonly way: BranchWay;
  readonly tree: Tree;
  readonly alone: boolean;
  readonly disabled: boolean;
  readonly onChoose: (alone: boolean) => void;
}

/** What of the branch is summarised. */
function Extent({ way, tree, alone, disabled, onChoose }: ExtentProps) {
  const radio = (value: boolean, words: string) => (
    <label className="flex min-h-7 items-center gap-2">
      <input
        type="radio"
        name="extent"
        checked={alone === value}
        disabled={disabled}
        onChange={() => onChoose(value)}
        className="size-4 accent-leaf"
      />
      {words}
    </label>
  );
  return (
    <fieldset className="text-sm">
      <legend className="pb-1 text-muted text-xs">{strings.extent}</legend>
      {radio(true, strings.branchAlone(way.own, excerpt(firstWordsOf(tree, way.since ?? ''))))}
      {radio(false, strings.allOfIt(way.all))}
    </fieldset>
  );
}
