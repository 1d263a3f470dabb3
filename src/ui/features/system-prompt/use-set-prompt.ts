import { useEffect, useEffectEvent, useState } from 'react';
import { useActions } from '../../../client/hooks/index.ts';
import type { Actions } from '../../../client/types.ts';
import type { OpenPage } from '../../stores/page.ts';
import { navigate } from '../../stores/route.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';
import { offerUndo } from '../../stores/undo.ts';
import {
  type Attachment,
  attachmentsOf,
  setAttachments,
  useAttachments,
} from '../../stores/writing/attachments.ts';
import { draftOf, flushDrafts, NEW_CHAT, setDraft } from '../../stores/writing/drafts.ts';
import { promptPlace } from './prompt-place.ts';
import * as strings from './strings.ts';

interface Setting {
  /** Undefined in a chat that does not exist yet: it is made. */
  readonly page: OpenPage | undefined;
  readonly from: string | undefined;
  readonly conversation: string;
}

interface WantedPrompt {
  readonly text: string;
  readonly before: string;
  readonly done: () => void;
}

/** Sets a system prompt, as soon as nothing is in the way; the view goes to it. */
export function useSetPrompt(setting: Setting) {
  const actions = useActions();
  const [wanted, setWanted] = useState<WantedPrompt>();
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string>();
  const waiting = obstacleTo(setting, useAttachments(NEW_CHAT));

  const begin = useEffectEvent((next: WantedPrompt) => {
    setWanted(undefined);
    setSaving(true);
    setPrompt(actions, setting, next)
      .then(next.done)
      .catch((error: unknown) => {
        setSaving(false);
        setProblem(error instanceof Error ? error.message : strings.couldNotSave);
      });
  });
  useEffect(() => {
    if (wanted && waiting === undefined) begin(wanted);
  }, [wanted, waiting]);
  return {
    set: (text: string, before: string, done: () => void) => {
      setProblem(undefined);
      setWanted({ text, before, done });
    },
    busy: saving || wanted !== undefined,
    problem,
    waiting: wanted && waiting,
  };
}

/** What has to pass first: a prompt cannot follow words that are not all there. */
function obstacleTo({ page, from }: Setting, attached: readonly Attachment[]): string | undefined {
  if (!page) return attached.some(({ state }) => state.kind === 'uploading') ? strings.afterFile : undefined;
  if (from !== undefined) return undefined;
  const last = page.view.path.at(-1);
  if (last?.kind === 'pending' && last.pending.state !== 'refused') return strings.afterMessage;
  return page.view.live && strings.afterReply;
}

async function setPrompt(
  actions: Actions,
  { page, from, conversation }: Setting,
  { text, before }: WantedPrompt,
) {
  const after = page ? promptPlace(page.view, from).after : null;
  const set = async (words: string) => {
    const { message } = await actions.setSystem({ conversation, after, text: words });
    page?.made(message, after);
  };
  await set(text);
  if (!page) goToNew(conversation);
  if (text !== '') toast(strings.saved);
  else offerUndo(strings.removed, () => void set(before).catch(toastFailure), conversation);
}

/** What was written in the new chat goes on in the one that was just made. */
function goToNew(conversation: string): void {
  setDraft(conversation, draftOf(NEW_CHAT));
  setDraft(NEW_CHAT, '');
  setAttachments(conversation, attachmentsOf(NEW_CHAT));
  setAttachments(NEW_CHAT, []);
  flushDrafts();
  navigate({ kind: 'conversation', id: conversation });
}
