import { useState } from 'react';
import { useAccess, useActions, useModels } from '../../../../client/hooks/index.ts';
import type { FilePart, Quote } from '../../../../protocol/index.ts';
import { sameModel } from '../../../../tree/index.ts';
import { announce } from '../../../stores/announce.ts';
import { usePage } from '../../../stores/page.ts';
import { toastFailure } from '../../../stores/toasts.ts';
import { offerUndo } from '../../../stores/undo.ts';
import { attachmentsOf, editKey, readyFiles, setAttachments } from '../../../stores/writing/attachments.ts';
import { editOf, endEdit, setEdit, startEdit } from '../../../stores/writing/edits.ts';
import { quotesFor, setQuotes } from '../../../stores/writing/quotes.ts';
import { messageOf, refusedFile } from '../../composer/index.ts';
import { refusedFileText } from '../../composer/later.ts';
import { isSame, objectionTo } from '../rows/edit-check.ts';
import { modelOf, type Row } from '../rows/rows.ts';
import { useThread } from '../rows/thread-context.ts';
import * as strings from '../strings.ts';

export interface EditedText {
  readonly text: string;
  readonly files: readonly FilePart[];
  readonly quotes: readonly Quote[];
}

export interface MessageEdit {
  /** Why the last attempt made no version. */
  readonly problem: string | undefined;
  readonly change: (text: string) => void;
  /** Makes the version; with `reply` also asks for one. The view goes to it, the focus too. */
  readonly save: (options?: { readonly reply?: boolean }) => void;
  /** Closes the editor; changes can be had back by "Undo". */
  readonly cancel: () => void;
}

/** The edit of one message that says `before`. */
export function useEditMessage(row: Row, before: EditedText): MessageEdit {
  const { conversation, focusOn, showMade, jumpToVersion } = useThread();
  const model = usePage()?.model;
  const { models } = useModels();
  const { edit } = useActions();
  const [problem, setProblem] = useState<string>();
  const of = row.key;

  const refuse = (sentence: string) => {
    setProblem(sentence);
    announce(sentence);
  };
  const save = ({ reply = false } = {}) => {
    const text = messageOf(editOf(of) ?? '');
    const attachments = attachmentsOf(editKey(of));
    const files = readyFiles(attachments);
    const missing = attachments.find(({ state }) => state.kind !== 'ready');
    if (missing) return refuse(strings.notUploaded(missing.name));
    const quotes = quotesFor(editKey(of));
    const objection = objectionTo({ text, files, quotes }, before);
    if (objection) return refuse(objection);
    if (reply && !model) return refuse(strings.noModel);
    const asks = reply ? models.find(({ ref }) => sameModel(ref, model)) : undefined;
    const refused = asks && refusedFile(files, asks);
    if (refused) return refuse(refusedFileText(refused));
    try {
      const asked = model ?? modelOf(row) ?? NOBODY;
      const { message } = edit({
        conversation,
        of,
        text,
        ...(files.length > 0 && { files }),
        ...(quotes.length > 0 && { quotes }),
        model: asked,
        ...(reply && { reply }),
      });
      endEdit(of);
      showMade(message, parentOf(row));
    } catch (error) {
      refuse(error instanceof Error ? error.message : strings.couldNotSave);
    }
  };
  const cancel = () => {
    const text = editOf(of) ?? before.text;
    const attachments = attachmentsOf(editKey(of));
    const quotes = quotesFor(editKey(of));
    endEdit(of);
    focusOn(of, 'article');
    const edited = { text: messageOf(text), files: readyFiles(attachments), quotes };
    if (isSame(edited, { ...before, text: messageOf(before.text) })) return;
    const again = () => {
      startEdit(of, text);
      setAttachments(editKey(of), attachments);
      setQuotes(editKey(of), quotes);
      jumpToVersion(of, 'edit');
    };
    offerUndo(strings.changesDiscarded, again, conversation);
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

/** Makes a version of a reply that says `text`, and goes there; undefined where that cannot be. */
export function useKeep(row: Row, text: string): (() => void) | undefined {
  const { conversation, showMade } = useThread();
  const { edit } = useActions();
  const { readOnly } = useAccess();
  if (text.trim() === '' || readOnly) return undefined;
  return () => {
    try {
      const { message } = edit({ conversation, of: row.key, text, model: modelOf(row) ?? NOBODY });
      showMade(message, parentOf(row));
    } catch (error) {
      toastFailure(error);
    }
  };
}

/** A version without a reply asks nobody. */
const NOBODY = { source: 'none', id: 'none' };

/** What the message, and so each version of it, follows. */
function parentOf({ entry }: Row): string | null {
  if (entry.kind === 'message') return entry.header.parent;
  return entry.kind === 'pending' ? entry.pending.parent : entry.generation.parent;
}
