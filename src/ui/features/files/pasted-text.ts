/** Long text that was pasted into the message box: it stays there, and can become a file instead. */
import { create } from 'zustand';
import type { Actions } from '../../../client/types.ts';
import { FILES_LIMIT, TEXT_FILE_LIMIT } from '../../../protocol/index.ts';
import { announce } from '../../stores/announce.ts';
import { ask } from '../../stores/errands.ts';
import { toast } from '../../stores/toasts.ts';
import { attachmentsOf } from '../../stores/writing/attachments.ts';
import { draftOf, giveBack, setDraft } from '../../stores/writing/drafts.ts';
import * as strings from './strings-later.ts';
import { attach, detach } from './uploads.ts';

export interface PastedOffer {
  readonly draft: string;
  /** As it stands in the draft. */
  readonly text: string;
  /** Makes the file. */
  readonly take: () => void;
}

/** The last one: it says nothing any more once its text is not in its draft. */
const useStore = create<{ readonly offered?: PastedOffer }>()(() => ({}));

export const useOffered = (): PastedOffer | undefined => useStore(({ offered }) => offered);
export const withdrawOffer = (): void => useStore.setState({}, true);

/** Offers to make a file of what was pasted. Only of what stands in the draft of a message, and where one more file may go with it. */
export function offer(draft: string, pasted: string, upload: Actions['upload']): void {
  // As a text box has it.
  const text = pasted.replace(/\r\n?/g, '\n');
  const fits = new Blob([text]).size <= TEXT_FILE_LIMIT;
  if (!fits || !hasRoom(draft) || !draftOf(draft).includes(text)) return;
  useStore.setState({ offered: { draft, text, take: () => makeFile(draft, text, upload) } });
  announce(`${strings.pastedText(text.length)} ${strings.attachAsFile}`);
}

const hasRoom = (draft: string): boolean => attachmentsOf(draft).length < FILES_LIMIT;

function makeFile(draft: string, text: string, upload: Actions['upload']): void {
  const before = draftOf(draft);
  const at = before.lastIndexOf(text);
  if (at < 0 || !hasRoom(draft)) return;
  const name = freeName(draft);
  const after = (before.slice(0, at) + before.slice(at + text.length)).trim();
  const known = new Set(attachmentsOf(draft).map(({ id }) => id));
  setDraft(draft, after);
  attach(draft, [new File([text], name, { type: 'text/plain' })], upload);
  const made = attachmentsOf(draft).find(({ id }) => !known.has(id));
  ask('composer');
  const undo = () => {
    if (made) detach(draft, made.id);
    if (draftOf(draft) === after) setDraft(draft, before);
    else giveBack(draft, text);
    ask('composer');
  };
  toast(strings.nowAFile(name), { action: { name: strings.undo, run: undo } });
}

/** "pasted-text.txt", "pasted-text-2.txt". */
function freeName(draft: string): string {
  const taken = new Set(attachmentsOf(draft).map(({ name }) => name));
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? 'pasted-text.txt' : `pasted-text-${n}.txt`;
    if (!taken.has(name)) return name;
  }
}
