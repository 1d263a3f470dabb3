import { useEffect, useEffectEvent, useState } from 'react';
import { useActions, useConnection, useQueue } from '../../../client/hooks/index.ts';
import type { ConversationView, PendingSend, ReplyWish, SendInput } from '../../../client/types.ts';
import { newId, type Quote } from '../../../protocol/index.ts';
import { announce } from '../../stores/announce.ts';
import { chooseTemperature, useModelChoices } from '../../stores/browser/model-choice.ts';
import { ask } from '../../stores/errands.ts';
import { useNewChat, wantDefaultPrompt } from '../../stores/new-chat.ts';
import { navigate } from '../../stores/route.ts';
import { toastFailure } from '../../stores/toasts.ts';
import { readyFiles, setAttachments, useAttachments } from '../../stores/writing/attachments.ts';
import { flushDrafts, NEW_CHAT, setDraft, useDraft } from '../../stores/writing/drafts.ts';
import { setQuotes, useQuotes } from '../../stores/writing/quotes.ts';
import { dropTarget, type Target, useTarget } from '../../stores/writing/target.ts';
import type { CurrentModel } from '../models/index.ts';
import { placeOfAgent } from './composer-later.ts';
import { messageOf, type Readiness, type Refusal, readinessOf, refusalOf } from './readiness.ts';
import * as strings from './strings.ts';

export interface ComposerState {
  /** What its text and files are kept by. */
  readonly draft: string;
  readonly text: string;
  readonly quotes: readonly Quote[];
  readonly setText: (text: string) => void;
  readonly readiness: Readiness;
  /** Set once somebody tried to send what could not be sent: what to say about it. */
  readonly refusal: Refusal | undefined;
  readonly submit: () => void;
  /** Sends it to several models, and gives the message's id; undefined while nothing can be sent. */
  readonly askSeveral: ((replies: readonly ReplyWish[]) => string | undefined) | undefined;
  /** Undefined: nothing is being written, as far as is known, that could be stopped. */
  readonly stop: (() => void) | undefined;
  readonly stopping: boolean;
  /** What waits to be sent. */
  readonly queue: readonly PendingSend[];
  /** Where the next message goes, when that is not the end of the path. */
  readonly target: Target | undefined;
  readonly cancelTarget: () => void;
}

/** The message box of a conversation, or of a chat that does not exist yet (`view` undefined): draft, sending, stopping. */
export function useComposer(
  view: ConversationView | undefined,
  { picked, list }: CurrentModel,
  onMade?: (message: string, after: string | null) => void,
): ComposerState {
  const actions = useActions();
  const draft = view?.id ?? NEW_CHAT;
  const text = useDraft(draft);
  const attachments = useAttachments(draft);
  const quotes = useQuotes(draft);
  const target = useForkTarget(view);
  const fork = target !== undefined;
  const away = useConnection().kind === 'offline';
  const queue = useQueue(view?.id);
  const readiness = readinessOf({
    ...{ text, attachments, quotes: quotes.length, view, picked },
    ...{ models: list.status, fork, queue },
  });
  const [tried, setTried] = useState<Readiness['kind']>();
  const [stopped, setStopped] = useState<string>();
  const [sendAfter, setSendAfter] = useState<Readiness['kind']>();
  const live = away ? undefined : view?.live?.id;

  const send = (replies?: readonly ReplyWish[]): string | undefined => {
    if (picked.kind !== 'model') return undefined;
    const conversation = view?.id ?? newId();
    const files = readyFiles(attachments);
    const said = {
      text: messageOf(text),
      ...(files.length > 0 && { files }),
      ...(quotes.length > 0 && { quotes }),
    };
    const { ref: model, agent } = picked.model;
    const place = agent ? placeOfAgent(view, draft, conversation, model.id) : {};
    const input = {
      ...{ conversation, ...said, ...place, ...(view ? {} : freshSettings()), model },
      ...(replies && { replies }),
    };
    let message: string;
    if (target) {
      ({ message } = actions.send({ ...input, parent: target.message, fork: true }));
      dropTarget(conversation);
      onMade?.(message, target.message);
    } else {
      const after = readiness.kind === 'queues' ? { after: readiness.after } : {};
      ({ message } = actions.send({ ...input, parent: view?.tip ?? null, ...after }));
      if (readiness.kind === 'queues') announce(strings.queued);
    }
    setTried(undefined);
    setDraft(draft, '');
    setAttachments(draft, []);
    setQuotes(draft, []);
    flushDrafts();
    if (!view) navigate({ kind: 'conversation', id: conversation });
    ask('composer');
    return message;
  };
  const change = (value: string) => {
    setTried(undefined);
    setSendAfter(undefined);
    setDraft(draft, value);
  };
  const submit = () => {
    if (SENDS.has(readiness.kind)) return void send();
    setTried(readiness.kind);
    // These pass by themselves; nobody should have to press Enter twice.
    if (PASSING.has(readiness.kind)) setSendAfter(readiness.kind);
  };
  const stop = () => {
    if (!view || live === undefined || stopped === live) return;
    setStopped(live);
    actions.stop(view.id, live).catch((error: unknown) => {
      setStopped(undefined);
      toastFailure(error);
    });
  };
  useSendWhenReady(sendAfter, readiness, () => {
    setSendAfter(undefined);
    if (SENDS.has(readiness.kind)) send();
  });
  return {
    draft,
    text,
    quotes,
    setText: change,
    readiness,
    refusal: refusalOf(tried, readiness),
    submit,
    askSeveral: SENDS.has(readiness.kind) ? send : undefined,
    stop: live === undefined ? undefined : stop,
    stopping: live !== undefined && stopped === live,
    queue,
    target,
    cancelTarget: () => {
      if (view) dropTarget(view.id);
      ask('composer');
    },
  };
}

/** What was chosen for a chat that did not exist yet; from now on it is a setting of the chat. */
function freshSettings(): Pick<SendInput, 'temperature' | 'system'> {
  const { temperature } = useModelChoices.getState();
  const { withDefault } = useNewChat.getState();
  chooseTemperature(undefined);
  wantDefaultPrompt(true);
  return { ...(temperature !== undefined && { temperature }), ...(withDefault && { system: newId() }) };
}

const SENDS: ReadonlySet<Readiness['kind']> = new Set(['ready', 'queues']);
const PASSING: ReadonlySet<Readiness['kind']> = new Set(['loading', 'behind', 'uploading']);

/** The target of "Fork from here". At the end of the path it is where messages go anyway: nothing special is said or done. */
function useForkTarget(view: ConversationView | undefined): Target | undefined {
  const target = useTarget(view?.id);
  return target && target.message !== view?.tip ? target : undefined;
}

/** Sends once what was in the way has passed: loading, a file, the message before. Gives up if something else is. */
function useSendWhenReady(after: Readiness['kind'] | undefined, { kind }: Readiness, send: () => void): void {
  const act = useEffectEvent(send);
  useEffect(() => {
    if (after !== undefined && kind !== after) act();
  }, [after, kind]);
}
