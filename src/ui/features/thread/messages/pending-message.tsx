import { Clock3, WifiOff } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { useActions } from '../../../../client/hooks/index.ts';
import type { PendingSend, SendChange } from '../../../../client/types.ts';
import { Button } from '../../../components/index.ts';
import { OnlyHere } from '../../../components/only-here.tsx';
import { folderFor, refusedFolder } from '../../../stores/browser/folders.ts';
import { openDialog } from '../../../stores/dialogs.ts';
import { ask } from '../../../stores/errands.ts';
import { openModels } from '../../../stores/models-dialog.ts';
import { giveBackFiles } from '../../../stores/writing/attachments.ts';
import { giveBack } from '../../../stores/writing/drafts.ts';
import { giveBackEdit } from '../../../stores/writing/edits.ts';
import { addQuotes } from '../../../stores/writing/quotes.ts';
import { MessageFiles } from '../../files/later.ts';
import { Markdown } from '../../markdown/index.ts';
import { Quotes } from '../parts/quote.tsx';
import { ReplyHeader } from '../pieces/reply-header.tsx';
import { useLasting } from '../pieces/use-lasting.ts';
import { UserText } from '../pieces/user-text.tsx';
import type { Row } from '../rows/rows.ts';
import { useThread } from '../rows/thread-context.ts';
import * as strings from '../strings.ts';

/** Shorter waits are not worth a word. */
const PATIENCE = 400;
/** Longer than a storage far away takes: said, so that nobody thinks nothing happens. */
const LONG = 5_000;

const KEPT = strings.isKept;

/** A message on its way: its text, and what it waits for. Nothing of it is lost, whatever the server says. */
export function PendingMessage({ row, pending }: { readonly row: Row; readonly pending: PendingSend }) {
  const noFolder = pending.code === 'no-folder' ? pending.folder : undefined;
  useEffect(() => {
    if (noFolder) refusedFolder(noFolder);
  }, [noFolder]);
  const slow = useLasting(true, PATIENCE);
  const { state } = pending;
  const long = useLasting(state === 'sending', LONG);
  const Waits = pending.problem ? Clock3 : WifiOff;
  return (
    <>
      {pending.role === 'assistant' ? (
        <PendingReply row={row} text={pending.text} />
      ) : (
        <>
          <Quotes quotes={pending.quotes ?? []} scope={row.key} />
          <MessageFiles files={pending.files ?? []} />
          {pending.text !== '' && <UserText text={pending.text} faded={state !== 'refused'} />}
        </>
      )}
      {pending.unkept && (state !== 'sending' || long) && <OnlyHere text={pending.text} />}
      <div className="mt-1.5 flex min-h-7 max-w-full items-center gap-1.5 text-muted text-sm">
        {state === 'sending' && slow && (
          <>
            <Clock3 aria-hidden size={14} className="shrink-0" />
            {long ? strings.slowToSend : strings.sending}
          </>
        )}
        {state === 'waiting' && (
          <>
            {/* What the server says it waits for is no lost connection. */}
            <Waits aria-hidden size={14} className="shrink-0" />
            {pending.problem ? `${pending.problem} ${pending.unkept ? '' : KEPT}` : strings.waiting}
          </>
        )}
        {state !== 'sending' && <Refused pending={pending} />}
      </div>
    </>
  );
}

function PendingReply({ row, text }: { readonly row: Row; readonly text: string }) {
  return (
    <>
      <ReplyHeader name={row.editedFrom ?? ''} edited />
      <Markdown text={text} scope={row.key} growing={false} />
    </>
  );
}

/** What can be done about a refusal, by its reason. */
function WaysOn({ pending }: { readonly pending: PendingSend }) {
  const { retrySend } = useActions();
  const { draft } = useThread();
  const { code = '', conversation, message, facts } = pending;
  // What was wrong with the folder is mended above the message box.
  const again = () =>
    retrySend(message, code === 'no-folder' ? { folder: folderFor(conversation, undefined) } : {});
  // With less before it, it fits.
  const hasRoom = code === 'context-too-large' && facts?.fits !== 0;
  const leaveOut = () => retrySend(message, { overflow: 'drop-oldest' });
  const summarise = () => openDialog({ kind: 'summary', onSaid: (parent) => retrySend(message, { parent }) });
  const other = () => openModels({ onChosen: ({ ref }) => retrySend(message, { model: ref }) });
  return (
    <>
      {/* A summary for an aside would stand in the conversation. */}
      {hasRoom && draft === undefined && <Button onClick={summarise}>{strings.summarise}</Button>}
      {hasRoom && <Button onClick={leaveOut}>{strings.leaveOutOldest}</Button>}
      {OTHER_MODEL.has(code) && <Button onClick={other}>{strings.anotherModel}</Button>}
      {!OTHER_MODEL.has(code) && code !== 'copy-or-not' && (
        <Button onClick={again}>{strings.tryAgain}</Button>
      )}
    </>
  );
}

/** The same again would be refused again. */
const OTHER_MODEL: ReadonlySet<string> = new Set([
  'context-too-large',
  'unknown-model',
  'no-images',
  'no-audio',
  'cannot-go-back',
]);

/** Not sent: refused, which is said and can be tried again, or still waiting. Its text can be had back in both cases. */
function Refused({ pending }: { readonly pending: PendingSend }) {
  const { discardSend } = useActions();
  const { jumpToVersion, draft } = useThread();
  const takeBack = () => {
    const taken = discardSend(pending.message);
    if (!taken) return;
    if (taken.of !== undefined) {
      giveBackEdit(taken.of, taken.text, taken.files, taken.quotes);
      jumpToVersion(taken.of, 'edit');
      return;
    }
    const into = draft ?? taken.conversation;
    if (taken.text !== '') giveBack(into, taken.text);
    giveBackFiles(into, taken.files);
    addQuotes(into, taken.quotes);
    ask(draft === undefined ? 'composer' : 'aside');
  };
  const refused = pending.state === 'refused';
  const choose = useOtherWay(pending, takeBack);
  return (
    <div role={refused ? 'alert' : undefined} className="flex flex-wrap items-center justify-end gap-2">
      {refused && <span className="text-danger">{pending.problem ?? strings.couldNotSend}</span>}
      {refused && choose && <Button onClick={choose}>{strings.chooseOtherWay}</Button>}
      {refused && <WaysOn pending={pending} />}
      <Button look="ghost" className="shrink-0 whitespace-nowrap" onClick={takeBack}>
        {pending.of === undefined ? strings.backToComposer : strings.backToEditor}
      </Button>
    </div>
  );
}

/** Opens the choice at once for an agent that cannot be asked there as it was; undefined: that is not the matter. */
function useOtherWay(pending: PendingSend, onCancel: () => void): (() => void) | undefined {
  const { retrySend } = useActions();
  const { state, code = '', conversation, model, message, problem = '' } = pending;
  const kind = state === 'refused' && isChoice(code) ? code : undefined;
  const choose = () => {
    if (!kind) return;
    const again = (change: SendChange) => retrySend(message, change);
    openDialog({ kind, conversation, agent: model.id, sentence: problem, again, onCancel });
  };
  const chooseNow = useEffectEvent(choose);
  useEffect(() => {
    if (kind) chooseNow();
  }, [kind]);
  return kind && choose;
}

const isChoice = (code: string): code is 'cannot-go-back' | 'copy-or-not' =>
  code === 'cannot-go-back' || code === 'copy-or-not';
