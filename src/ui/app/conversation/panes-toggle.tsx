import type { KeyboardEvent } from 'react';
import { cx } from '../../components/index.ts';
import { type Panes, showPanes } from '../../stores/panes.ts';
import * as strings from './strings.ts';

const NAMES: Readonly<Record<Panes, string>> = {
  chat: strings.chat,
  split: strings.split,
  tree: strings.tree,
};
const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

interface PanesToggleProps {
  readonly panes: Panes;
  /** What can be chosen: a phone has no room for Split. */
  readonly choices: readonly Panes[];
}

/** Chat, Split or Tree: one of them, by the keys of a radio group. */
export function PanesToggle({ panes, choices }: PanesToggleProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = (choices.indexOf(panes) + step + choices.length) % choices.length;
    showPanes(choices[at] as Panes);
    event.currentTarget.querySelectorAll('button')[at]?.focus();
  };
  return (
    <div
      role="radiogroup"
      aria-label={strings.panes}
      data-print="hide"
      className="ml-auto flex shrink-0 rounded-lg bg-sunken p-0.5"
      onKeyDown={onKeyDown}
    >
      {choices.map((choice) => (
        // biome-ignore lint/a11y/useSemanticElements: a segmented control; inputs would need labels drawn over them
        <button
          key={choice}
          type="button"
          role="radio"
          aria-checked={choice === panes}
          tabIndex={choice === panes ? 0 : -1}
          className={cx(
            'min-h-7 rounded-md px-2.5 text-sm transition-colors',
            choice === panes ? 'bg-surface font-medium text-ink shadow-sm' : 'text-muted hover:text-ink',
          )}
          onClick={() => showPanes(choice)}
        >
          {NAMES[choice]}
        </button>
      ))}
    </div>
  );
}
