import { useEffect, useEffectEvent, useState } from 'react';
import { useMessage } from '../../../client/hooks/index.ts';
import { summaryText } from '../../../protocol/index.ts';
import { type MessageHeader, sameModel } from '../../../tree/index.ts';
import { countFor, type SummaryPlace, summaryPlace, turnsBehind } from '../../actions/message/summaries.ts';
import { Button, Dialog, Spinner } from '../../components/index.ts';
import { closeDialog, openDialog } from '../../stores/dialogs.ts';
import { ask } from '../../stores/errands.ts';
import type { OpenPage } from '../../stores/page.ts';
import { toast } from '../../stores/toasts.ts';
import { DraftField, isBeingWritten, notReady } from './draft-field.tsx';
import * as strings from './strings.ts';
import { KeptTurns, useWriters, Writer } from './summary-settings.tsx';
import { useSaySummary } from './use-say-summary.ts';
import { type Draft, useSummaryWriting } from './use-summary-writing.ts';

interface SummaryDialogProps {
  readonly page: OpenPage;
  /** The summary another takes the place of. Undefined: a new one. */
  readonly of?: string | undefined;
  /** Words to begin with, of one that was discarded. */
  readonly text?: string | undefined;
  /** What is done once it is said. Default: nothing. */
  readonly onSaid?: ((summary: string) => void) | undefined;
}

/** A summary of what was said before: written by a model, or by hand; nothing counts before "Use it". */
export function SummaryDialog({ page, of, ...rest }: SummaryDialogProps) {
  const [place] = useState(() => summaryPlace(page.view));
  const header = of === undefined ? undefined : page.view.tree.messages.get(of);
  const { message, error } = useMessage(page.view.id, header);
  if (typeof place === 'string' || error)
    return (
      <Dialog title={strings.summary} onClose={closeDialog}>
        <p role="alert" className="p-4 text-sm">
          {error ?? (place as string)}
        </p>
      </Dialog>
    );
  if (header && !message)
    return (
      <Dialog title={strings.summary} onClose={closeDialog}>
        <p className="p-4">
          <Spinner label={strings.loading} />
        </p>
      </Dialog>
    );
  return <Editor {...{ page, place, old: header, ...rest }} before={message && summaryText(message.parts)} />;
}

interface EditorProps extends Omit<SummaryDialogProps, 'of'> {
  readonly place: SummaryPlace;
  readonly old: MessageHeader | undefined;
  readonly before: string | undefined;
}

const KEPT = 2;

function Editor({ page, place, old, before, text, onSaid }: EditorProps) {
  const chats = useWriters();
  const [model, setModel] = useState(() => chats.find(({ ref }) => sameModel(ref, page.model)));
  const [keep, setKeep] = useState(() =>
    old ? turnsBehind(place, old) : Math.min(KEPT, Math.max(0, place.turns - 1)),
  );
  const { draft, write, stop, change } = useSummaryWriting(text ?? before ?? '');
  const { say, busy, problem } = useSaySummary(page);
  const start = () =>
    model && write({ conversation: page.view.id, after: place.after, keep, model: model.ref });
  const begin = useEffectEvent(() => {
    if (text === undefined && before === undefined) start();
  });
  useEffect(() => begin(), []);
  const isWriting = isBeingWritten(draft);
  const why = notReady(draft);
  const use = () => {
    if (why) return;
    const words = draft.text.trim();
    const by = draft.own && model ? { model: model.ref } : {};
    void say(
      { after: place.after, text: words, keep, ...by, ...(draft.usage && { usage: draft.usage }) },
      (made) => {
        closeDialog();
        // What opened it may be gone: there is room again.
        if (onSaid) onSaid(made);
        else ask('composer');
      },
    );
  };
  const leave = () => discard(draft, before, { of: old?.id, onSaid });
  return (
    <Dialog title={strings.summary} onClose={leave}>
      <div className="flex min-h-0 flex-col gap-3 overflow-y-auto p-4">
        <p className="text-muted text-sm">{strings.intro}</p>
        <Writer {...{ chats, model, disabled: isWriting, onModel: setModel }}>
          <KeptTurns
            {...{ keep, disabled: isWriting, onKeep: setKeep }}
            most={Math.max(0, place.turns - 1)}
          />
        </Writer>
        <p className="text-sm">{strings.covers(countFor(place, keep), keep)}</p>
        <DraftField
          {...{ draft, problem, onStop: stop, onChange: change }}
          isFixed={busy}
          {...(model && { onWrite: start })}
        />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={leave}>{strings.cancel}</Button>
          <Button look="primary" tip={why} aria-disabled={why !== undefined || busy} onClick={use}>
            {busy && <Spinner className="text-current" />}
            {strings.useIt}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** Leaves nothing behind but a way back to the words. */
function discard(
  { text }: Draft,
  before: string | undefined,
  again: Pick<SummaryDialogProps, 'onSaid'> & { readonly of: string | undefined },
): void {
  closeDialog();
  if (text.trim() === '' || text === before) return;
  toast(strings.discarded, {
    action: { name: strings.edit, run: () => openDialog({ kind: 'summary', text, ...again }) },
  });
}
