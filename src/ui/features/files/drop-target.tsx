import { Paperclip } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import * as strings from './strings.ts';
import type { Attach } from './use-attach.ts';

interface DropProps {
  readonly onFiles: Attach['take'];
  readonly onFolder: Attach['takeFolder'];
}

/**
 * Takes files dropped anywhere in the window, and says so while they are dragged over it. Without it the browser would leave the
 * page for the file. What stands nearer may take a drop first (it prevents the default).
 */
export function DropTarget(props: DropProps) {
  const over = useFilesOver(props);
  if (!over) return null;
  return (
    <div
      data-print="hide"
      className="pointer-events-none fixed inset-3 z-20 grid place-items-center rounded-2xl border-2 border-leaf border-dashed bg-leaf-soft/85 text-leaf"
    >
      <p className="flex items-center gap-2 rounded-xl bg-surface px-5 py-3 font-medium text-lg shadow-lg">
        <Paperclip aria-hidden size={22} /> {strings.dropHere}
      </p>
    </div>
  );
}

function useFilesOver({ onFiles, onFolder }: DropProps): boolean {
  const [over, setOver] = useState(false);
  const drop = useEffectEvent(({ files, items }: DataTransfer) => {
    // Only now they can be asked for.
    const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
    if (entries.some(({ isDirectory }) => isDirectory)) onFolder({ entries });
    else onFiles([...files]);
  });
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    // Leaving the window enters nothing.
    const onLeave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const onDrop = (event: DragEvent) => {
      setOver(false);
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      drop(event.dataTransfer);
    };
    const stop = new AbortController();
    const { signal } = stop;
    window.addEventListener('dragover', onOver, { signal });
    window.addEventListener('dragleave', onLeave, { signal });
    window.addEventListener('drop', onDrop, { signal });
    return () => stop.abort();
  }, []);
  return over;
}
