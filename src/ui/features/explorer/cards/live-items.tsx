import { MenuItem } from '../../../components/index.ts';
import { type LiveCard, whereabouts } from '../scene/forks.ts';
import type { Scene } from '../scene/scene.ts';
import * as strings from '../strings.ts';

interface LiveItemsProps {
  readonly scene: Scene;
  /** The reader's card; -1: none. */
  readonly here: number;
  readonly live: readonly LiveCard[];
  readonly onChoose: (card: LiveCard) => void;
}

/** What is being written, by what it answers, and where that is from the reader. */
export function LiveItems({ scene, here, live, onChoose }: LiveItemsProps) {
  return (
    <div className="w-[min(24rem,calc(100vw-2rem))]">
      {live.map((card) => (
        <MenuItem key={card.index} onSelect={() => onChoose(card)}>
          <span className="min-w-0 flex-1 py-1">
            <span className="flex gap-2">
              <span className="truncate font-medium" dir="auto">
                {card.words || strings.aReply}
              </span>
              {card.replies > 1 && (
                <span className="shrink-0 text-warn">{strings.replies(card.replies)}</span>
              )}
            </span>
            <span className="line-clamp-2 text-muted text-xs" dir="auto">
              {whereabouts(scene, card.index, here)}
            </span>
          </span>
        </MenuItem>
      ))}
    </div>
  );
}

/** Opens the menu of the button around `part`, for keys; one that is open stays. */
export function openMenuIn(part: HTMLElement | null): void {
  const button = part?.closest('button');
  if (button?.getAttribute('aria-expanded') === 'false') button.click();
}
