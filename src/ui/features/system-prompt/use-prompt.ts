import { useState } from 'react';
import { newId } from '../../../protocol/index.ts';
import type { OpenPage } from '../../stores/page.ts';
import { NEW_CHAT, setDraft, useDraft } from '../../stores/writing/drafts.ts';
import { messageOf } from '../composer/index.ts';
import { objectionTo } from './prompt-place.ts';
import { useSetPrompt } from './use-set-prompt.ts';

interface PromptOptions {
  /** Undefined in a chat that does not exist yet. */
  readonly page: OpenPage | undefined;
  readonly from: string | undefined;
  /** What is in force; empty: nothing. */
  readonly before: string;
  /** Called when it is set. */
  readonly onSet: (conversation: string) => void;
}

export interface Prompt {
  readonly text: string;
  /** `text` was written some time ago and not saved. */
  readonly unsaved: boolean;
  readonly change: (text: string) => void;
  /** Back to what is in force. */
  readonly reset: () => void;
  /** Sets `text`; empty: takes the prompt away. */
  readonly save: (text: string) => void;
  readonly busy: boolean;
  /** Why it is not saved, or not yet. */
  readonly problem: string | undefined;
  readonly waiting: string | undefined;
}

/** A system prompt while it is written: kept over closing the dialog and over reloads until it is saved. */
export function usePrompt({ page, from, before, onSet }: PromptOptions): Prompt {
  const [fresh] = useState(newId);
  const conversation = page?.view.id ?? fresh;
  const key = `prompt:${page ? conversation : NEW_CHAT}:${from ?? ''}`;
  const kept = useDraft(key);
  const [typed, setTyped] = useState<string>();
  const [objection, setObjection] = useState<string>();
  const { set, ...setting } = useSetPrompt({ page, from, conversation });

  const write = (text: string | undefined) => {
    setTyped(text);
    setDraft(key, text ?? '');
    setObjection(undefined);
  };
  const save = (text: string) => {
    const said = messageOf(text);
    const found = objectionTo(said, before);
    setObjection(found);
    if (found) return;
    set(said, before, () => {
      setDraft(key, '');
      onSet(conversation);
    });
  };
  return {
    text: typed ?? (kept === '' ? before : kept),
    unsaved: typed === undefined && kept !== '' && kept !== before,
    change: write,
    reset: () => write(undefined),
    save,
    ...setting,
    problem: objection ?? setting.problem,
  };
}
