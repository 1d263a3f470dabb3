import { Clock3, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useActions, useConnection } from '../../../client/hooks/index.ts';
import type { ConversationView, PendingSend, SendInput } from '../../../client/types.ts';
import { Button } from '../../components/index.ts';
import { OnlyHere } from '../../components/only-here.tsx';
import { asideDraft } from '../../stores/aside.ts';
import { ask } from '../../stores/errands.ts';
import { toastFailure } from '../../stores/toasts.ts';
import { offerUndo } from '../../stores/undo.ts';
import { giveBackFiles } from '../../stores/writing/attachments.ts';
import { giveBack } from '../../stores/writing/drafts.ts';
import { addQuotes } from '../../stores/writing/quotes.ts';
import * as strings from './strings-later.ts';

export interface QueueProps {
  readonly view: ConversationView;
  /** Oldest first; at least one. */
  readonly queue: readonly PendingSend[];
}

/** What was sent before its turn: it goes by itself when the reply before it is done. Until then it can be changed, sent or removed. */
export function QueuedMessages({ view, queue }: QueueProps) {
  return (
    <ul aria-label={strings.queue} className="rising mb-2 max-h-[30dvh] space-y-1 overflow-y-auto">
      {queue.map((send) => (
        <Queued key={send.message} view={view} queue={queue} send={send} />
      ))}
    </ul>
  );
}

function Queued({ view, queue, send }: QueueProps & { readonly send: PendingSend }) {
  const away = useConnection().kind === 'offline';
  const stalled = send.state === 'stalled';
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-0.5 rounded-xl bg-sunken py-1.5 pr-1.5 pl-4 text-sm">
      <div className="min-w-0 flex-1 basis-48">
        <p dir="auto" className="line-clamp-2 break-words">
          {queuedLine(send)}
        </p>
        <p
          role={stalled ? 'alert' : undefined}
          className={`flex items-center gap-1.5 text-xs ${stalled ? 'text-warn' : 'text-muted'}`}
        >
          {stalled ? (
            <TriangleAlert aria-hidden size={13} className="shrink-0" />
          ) : (
            <Clock3 aria-hidden size={13} className="shrink-0" />
          )}
          {stalled ? whyNot(view, send) : whenSent(view, queue, send, away)}
        </p>
      </div>
      {send.unkept && <OnlyHere text={send.text} />}
      <QueueButtons view={view} queue={queue} send={send} />
    </li>
  );
}

function QueueButtons({ view, queue, send }: QueueProps & { readonly send: PendingSend }) {
  const actions = useActions();
  const away = useConnection().kind === 'offline';
  const [stopping, setStopping] = useState(false);
  const live = view.live?.id;
  const stopAndSend = () => {
    if (live === undefined) return;
    setStopping(true);
    actions.sendAtEnd(send.message);
    actions.stop(view.id, live).catch((error: unknown) => {
      setStopping(false);
      toastFailure(error);
    });
  };
  const edit = () => {
    if (!actions.discardSend(send.message)) return;
    const draft = draftOf(send);
    if (send.text !== '') giveBack(draft, send.text);
    giveBackFiles(draft, send.files);
    addQuotes(draft, send.quotes);
    ask(errandOf(send));
  };
  const remove = () => {
    if (!actions.discardSend(send.message)) return;
    ask(errandOf(send));
    offerUndo(strings.removed, () => void actions.send(againOf(send)), send.conversation);
  };
  return (
    <div className="ml-auto flex shrink-0 items-center gap-0.5">
      {send.state === 'stalled' && !view.live && (
        <Button onClick={() => actions.sendNow(send.message, view.tip)}>{strings.sendNow}</Button>
      )}
      {live !== undefined && send.after === live && !away && send === queue[0] && (
        <Button look="ghost" disabled={stopping} onClick={stopAndSend}>
          {strings.stopAndSend}
        </Button>
      )}
      <Button look="ghost" aria-label={strings.editOf(queuedLine(send))} onClick={edit}>
        {strings.edit}
      </Button>
      <Button look="ghost" aria-label={strings.removeOf(queuedLine(send))} onClick={remove}>
        {strings.remove}
      </Button>
    </div>
  );
}

/** The box it was written in. */
const draftOf = ({ conversation, inAside }: PendingSend): string =>
  inAside === undefined ? conversation : asideDraft({ owner: inAside, head: inAside });
const errandOf = ({ inAside }: PendingSend) => (inAside === undefined ? 'composer' : 'aside');

function againOf({
  message: _,
  reply: _reply,
  state: _state,
  origin: _origin,
  ...send
}: PendingSend): SendInput {
  return send;
}

function queuedLine({ text, files = [], quotes = [] }: PendingSend): string {
  const line = text.replace(/\s+/g, ' ').trim().slice(0, 200);
  if (line !== '') return line;
  return [...files.map(({ name }) => name), ...quotes.map(({ text: words }) => words.slice(0, 200))].join(
    ', ',
  );
}

function whenSent(
  view: ConversationView,
  queue: readonly PendingSend[],
  { after }: PendingSend,
  away: boolean,
): string {
  if (queue.some(({ reply }) => reply === after)) return strings.afterOneAbove;
  if (away) return strings.connectionLost;
  const here = view.path.some(
    (entry) => entry.key === after || (entry.kind === 'pending' && entry.pending.reply === after),
  );
  return here ? strings.whenDone : strings.whenOtherDone;
}

function whyNot({ tree }: ConversationView, { after = '', orphan }: PendingSend): string {
  if (orphan) return strings.beforeTakenBack;
  const reason = tree.generations.get(after)?.end?.reason;
  if (reason === 'stopped') return strings.beforeStopped;
  return reason === 'interrupted' ? strings.beforeInterrupted : strings.beforeFailed;
}
