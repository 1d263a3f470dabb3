import { useEffect, useState } from 'react';
import type { Finish } from '../../../../tree/index.ts';
import { MenuItem } from '../../../components/index.ts';
import { type ListedReplies, type LiveCard, listedWith, whereabouts } from '../scene/forks.ts';
import { indexOfMessage, type Scene } from '../scene/scene.ts';
import * as strings from '../strings.ts';

interface LiveItemsProps {
  readonly scene: Scene;
  /** The reader's card; -1: none. */
  readonly here: number;
  readonly live: readonly LiveCard[];
  /** Of one that was chosen: its card and the first of its replies. */
  readonly onChoose: (index: number, reply: string) => void;
  /** The list is there, or no more. Default: nobody needs to know. */
  readonly onShown?: (shown: boolean) => void;
}

/**
 * What is being written, by what it answers, and where that is from the reader. What ends while one looks stays in its place and can be
 * gone to, until the list is closed.
 */
export function LiveItems({ scene, here, live, onChoose, onShown }: LiveItemsProps) {
  const [listed, setListed] = useState(() => listedWith([], live));
  const now = listedWith(listed, live);
  if (now !== listed) setListed(now);
  useEffect(() => {
    onShown?.(true);
    return () => onShown?.(false);
  }, [onShown]);
  return (
    <div className="w-[min(24rem,calc(100vw-2rem))]">
      {now.map((row) => {
        const [reply] = row.replies;
        // One that was hidden meanwhile is nowhere.
        const index = indexOfMessage(scene, reply as string);
        if (index === undefined) return null;
        return (
          <MenuItem key={reply} onSelect={() => onChoose(index, reply as string)}>
            <span className="min-w-0 flex-1 py-1">
              <span className="flex gap-2">
                <span className="truncate font-medium" dir="auto">
                  {row.words || strings.aReply}
                </span>
                {row.live.length > 1 && (
                  <span className="shrink-0 text-warn">{strings.replies(row.live.length)}</span>
                )}
                <Ended scene={scene} row={row} />
              </span>
              <span className="line-clamp-2 text-muted text-xs" dir="auto">
                {whereabouts(scene, index, here)}
              </span>
            </span>
          </MenuItem>
        );
      })}
    </div>
  );
}

/** Those of a row that have ended since the list was opened, by how. */
function Ended({ scene, row: { replies, live } }: { readonly scene: Scene; readonly row: ListedReplies }) {
  const ended = replies.filter((id) => !live.includes(id));
  if (ended.length === 0) return null;
  const reasons = new Set(ended.map((id) => endOf(scene, id)));
  const [reason = 'complete'] = reasons;
  const one = live.length === 0 && ended.length === 1;
  return (
    <span className="ml-auto shrink-0 text-muted text-xs">
      {strings.endedJustNow(one ? 0 : ended.length, reasons.size > 1 ? 'complete' : reason)}
    </span>
  );
}

function endOf({ turns: { tree } }: Scene, id: string): Finish['reason'] | undefined {
  return tree.messages.get(id)?.finish?.reason ?? tree.generations.get(id)?.end?.reason;
}

/** Opens the menu of the button around `part`, for keys; one that is open stays. */
export function openMenuIn(part: HTMLElement | null): void {
  const button = part?.closest('button');
  if (button?.getAttribute('aria-expanded') === 'false') button.click();
}
