import { useEffect, useEffectEvent, useState } from 'react';
import { useMessage, useModels } from '../../../client/hooks/index.ts';
import { summaryText, wordsIn } from '../../../protocol/index.ts';
import { type MessageHeader, sameModel } from '../../../tree/index.ts';
import { countFor, type SummaryPlace, summaryPlace, turnsBehind } from '../../actions/summaries.ts';
import { Button, Dialog, Spinner } from '../../components/index.ts';
import type { OpenPage } from '../../stores/page.ts';
import { toast } from '../../stores/toasts.ts';
import { closeTool, openTool } from '../../stores/tools.ts';
import * as strings from './strings.ts';
import { Settings } from './summary-settings.tsx';
import { useSay } from './use-say.ts';
import { type Draft, useWriting } from './use-writing.ts';

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
      <Dialog title={strings.summary} onClose={closeTool}>
        <p role="alert" className="p-4 text-sm">
          {error ?? (place as string)}
        </p>
      </Dialog>
    );
  if (header && !message)
    return (
      <Dialog title={strings.summary} onClose={closeTool}>
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
  const { models } = useModels();
  const chats = models.filter(({ kind, demo, agent }) => kind === 'chat' && !demo && !agent);
  const [model, setModel] = useState(() => chats.find(({ ref }) => sameModel(ref, page.model)));
  const [keep, setKeep] = useState(() =>
    old ? turnsBehind(place, old) : Math.min(KEPT, Math.max(0, place.turns - 1)),
  );
  const { draft, write, stop, change } = useWriting(text ?? before ?? '');
  const { say, busy, problem } = useSay(page);
  const start = () =>
    model && write({ conversation: page.view.id, after: place.after, keep, model: model.ref });
  const begin = useEffectEvent(() => {
    if (text === undefined && before === undefined) start();
  });
  useEffect(() => begin(), []);
  const isWriting = draft.state === 'reading' || draft.state === 'writing';
  const why = isWriting ? strings.tooEarly : draft.text.trim() === '' ? strings.empty : undefined;
  const use = () => {
    if (why) return;
    const words = draft.text.trim();
    const by = draft.own && model ? { model: model.ref } : {};
    void say(
      { after: place.after, text: words, keep, ...by, ...(draft.usage && { usage: draft.usage }) },
      (made) => {
        closeTool();
        onSaid?.(made);
      },
    );
  };
  const leave = () => discard(draft, before, { of: old?.id, onSaid });
  return (
    <Dialog title={strings.summary} onClose={leave}>
      <div className="flex min-h-0 flex-col gap-3 overflow-y-auto p-4">
        <p className="text-muted text-sm">{strings.intro}</p>
        <Settings
          {...{ chats, model, keep, disabled: isWriting }}
          most={Math.max(0, place.turns - 1)}
          onModel={setModel}
          onKeep={setKeep}
        />
        <p className="text-sm">{strings.covers(countFor(place, keep), keep)}</p>
        <textarea
          aria-label={strings.summary}
          data-autofocus
          value={draft.text}
          readOnly={isWriting || busy}
          aria-busy={isWriting}
          rows={6}
          placeholder={isWriting ? '' : strings.placeholder}
          onChange={({ target }) => change(target.value)}
          className="field-sizing-content block max-h-[40dvh] min-h-36 w-full resize-none overflow-y-auto rounded-xl border border-line-strong bg-paper px-3 py-2.5 text-base leading-6 outline-none ring-leaf focus:border-leaf focus:ring-1"
        />
        <div className="flex min-h-8 flex-wrap items-center gap-2 text-sm">
          <State draft={draft} problem={problem} />
          {isWriting ? (
            <Button onClick={stop}>{strings.stop}</Button>
          ) : (
            model && <Button onClick={start}>{draft.text === '' ? strings.write : strings.writeAgain}</Button>
          )}
        </div>
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

/** What is going on, said to screen readers when it changes, never the words as they come. */
function State({ draft, problem }: { readonly draft: Draft; readonly problem: string | undefined }) {
  const failed = problem ?? draft.problem;
  if (failed)
    return (
      <p role="alert" className="flex-1 text-danger">
        {failed}
      </p>
    );
  return (
    <p role="status" className="flex-1 text-muted">
      {stateOf(draft)}
    </p>
  );
}

function stateOf({ state, part, text }: Draft): string {
  if (state === 'reading')
    return part && part.of > 1 ? strings.readingPart(part.n, part.of) : strings.reading;
  if (state === 'writing')
    return part && part.of > 1 ? strings.readingPart(part.n, part.of) : strings.writing;
  if (state === 'written') return strings.written(wordsIn(text));
  return state === 'stopped' ? strings.stopped : '';
}

/** Leaves nothing behind but a way back to the words. */
function discard(
  { text }: Draft,
  before: string | undefined,
  again: Pick<SummaryDialogProps, 'onSaid'> & { readonly of: string | undefined },
): void {
  closeTool();
  if (text.trim() === '' || text === before) return;
  toast(strings.discarded, {
    action: { name: strings.edit, run: () => openTool({ kind: 'summary', text, ...again }) },
  });
}
