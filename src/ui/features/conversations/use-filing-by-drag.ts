import { type DragEvent, useMemo, useState } from 'react';
import { useAccess, useActions, useConnection } from '../../../client/hooks/index.ts';
import type { ChatFolder, Conversation } from '../../../protocol/index.ts';
import { fileIn } from '../../actions/conversation/filing.ts';
import { waitsForBough } from '../../actions/strings/conversations.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';

const TYPE = 'application/x-bough-chats';

/** Says which conversations are dragged. */
export function dragChats(event: DragEvent, ids: readonly string[]): void {
  event.dataTransfer.setData(TYPE, JSON.stringify(ids));
  // A link can be dropped elsewhere too, as it ever could.
  event.dataTransfer.effectAllowed = 'all';
}

interface DragProps {
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDragLeave: (event: DragEvent) => void;
  readonly onDrop: (event: DragEvent) => void;
}

/**
 * Conversations dragged onto a folder, or onto what is in it, are moved there; anywhere else in the list, out of theirs. `target`: the id of
 * the folder something is over. Where Bough cannot be reached none is, and dropping says why.
 */
export function useFilingByDrag(list: readonly Conversation[], folders: readonly ChatFolder[]) {
  const client = useActions();
  const { readOnly } = useAccess();
  const offline = useConnection().kind === 'offline';
  const [target, setTarget] = useState<string>();
  const props = useMemo((): DragProps | undefined => {
    if (readOnly) return undefined;
    return {
      onDragOver(event) {
        if (!event.dataTransfer.types.includes(TYPE)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
        if (!offline) setTarget(folderAt(event));
      },
      onDragLeave(event) {
        const to = event.relatedTarget;
        if (!(to instanceof Node && event.currentTarget.contains(to))) setTarget(undefined);
      },
      onDrop(event) {
        setTarget(undefined);
        const ids = idsIn(event);
        if (ids.size === 0) return;
        event.preventDefault();
        if (offline) return void toast(waitsForBough);
        const folder = folders.find(({ id }) => id === folderAt(event)) ?? null;
        const headers = list.filter(({ id }) => ids.has(id));
        fileIn(client, headers, folder).catch(toastFailure);
      },
    };
  }, [readOnly, offline, client, list, folders]);
  return { target, props };
}

const folderAt = ({ target }: DragEvent): string | undefined =>
  target instanceof Element
    ? (target.closest<HTMLElement>('[data-chat-folder]')?.dataset.chatFolder ?? undefined)
    : undefined;

function idsIn({ dataTransfer }: DragEvent): ReadonlySet<string> {
  try {
    const ids: unknown = JSON.parse(dataTransfer.getData(TYPE));
    return new Set(Array.isArray(ids) ? ids : []);
  } catch {
    return new Set();
  }
}
