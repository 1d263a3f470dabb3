import type { KeyboardEvent, PointerEvent } from 'react';
import { CHAT_SHARE, setShare } from '../../stores/panes.ts';
import * as strings from './strings.ts';

const STEP = 2;

/** The line between chat and tree: dragged, moved by arrow keys, put back by a double click. */
export function PaneLine({ share }: { readonly share: number }) {
  const onKeyDown = (event: KeyboardEvent) => {
    const to = shareFor(event.key, share);
    if (to === undefined) return;
    event.preventDefault();
    setShare(to);
  };
  const onPointerMove = ({ currentTarget, clientX, pointerId }: PointerEvent) => {
    if (!currentTarget.hasPointerCapture(pointerId)) return;
    const { left, width } = (currentTarget.parentElement as HTMLElement).getBoundingClientRect();
    setShare(((clientX - left) / width) * 100);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={strings.widthOfChat}
      aria-valuenow={share}
      aria-valuemin={CHAT_SHARE.least}
      aria-valuemax={CHAT_SHARE.most}
      tabIndex={0}
      data-print="hide"
      className="group relative w-px shrink-0 cursor-col-resize touch-none bg-line outline-none"
      onKeyDown={onKeyDown}
      onPointerDown={({ currentTarget, pointerId }) => currentTarget.setPointerCapture(pointerId)}
      onPointerMove={onPointerMove}
      onDoubleClick={() => setShare(CHAT_SHARE.usual)}
    >
      <span className="absolute inset-y-0 -left-3 z-10 grid w-6 place-items-center">
        <span className="h-10 w-1 rounded-full bg-line-strong opacity-60 transition-opacity group-hover:opacity-100 group-focus-visible:h-full group-focus-visible:bg-leaf group-focus-visible:opacity-100" />
      </span>
    </div>
  );
}

function shareFor(key: string, share: number): number | undefined {
  if (key === 'ArrowLeft') return share - STEP;
  if (key === 'ArrowRight') return share + STEP;
  if (key === 'Home') return CHAT_SHARE.least;
  return key === 'End' ? CHAT_SHARE.most : undefined;
}
