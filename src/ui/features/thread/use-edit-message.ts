import { useState } from 'react';
import { useActions } from '../../../client/hooks/index.ts';
import { announce } from '../../stores/announce.ts';
import { editOf, endEdit, setEdit, startEdit } from '../../stores/edits.ts';
import { offerUndo } from '../../stores/undo.ts';
import { messageOf } from '../composer/index.ts';
import { objectionTo } from './edit-check.ts';
import { modelOf, type Row } from './rows.ts';
import { useThread } from './thread-context.ts';

export interface MessageEdit {
  /** Why the last attempt made no version. */
  readonly problem: string | undefined;
  readonly change: (text: string) => void;
  /** Makes the version; with `reply` also asks for one. The view goes to it, the focus too. */
  readonly save: (options?: { readonly reply?: boolean }) => void;
  /** Closes the editor; changes can be had back by "Undo". */
  readonly cancel: () => void;
}

/** The edit of one message whose words are `before`. */
export function useEditMessage(row: Row, before: string): MessageEdit {
  const { conversation, model, focusOn, showVersion } = useThread();
  const { edit } = useActions();
  const [problem, setProblem] = useState<string>();
  const of = row.key;

  const refuse = (sentence: string) => {
    setProblem(sentence);
    announce(sentence);
  };
  const save = ({ reply = false } = {}) => {
    const text = messageOf(editOf(of) ?? '');
    const objection = objectionTo(text, before);
    if (objection) return refuse(objection);
    if (reply && !model)
      return refuse('No model is there to answer. “Save” keeps your words without a reply.');
    try {
      const asked = model ?? modelOf(row) ?? NOBODY;
      const { message } = edit({ conversation, of, text, model: asked, ...(reply && { reply }) });
      endEdit(of);
      showVersion(message, 'article');
    } catch (error) {
      refuse(error instanceof Error ? error.message : 'That could not be saved. Your words are kept here.');
    }
  };
  const cancel = () => {
    const text = editOf(of) ?? before;
    endEdit(of);
    focusOn(of, 'article');
    if (messageOf(text) === messageOf(before)) return;
    offerUndo('Your changes to the message are discarded', () => {
      startEdit(of, text);
      showVersion(of, 'edit');
    });
  };
  return {
    problem,
    change: (text) => {
      setProblem(undefined);
      setEdit(of, text);
    },
    save,
    cancel,
  };
}

/** A version without a reply asks nobody. */
const NOBODY = { source: 'none', id: 'none' };
