import { useState } from 'react';
import { cx } from '../../components/index.ts';
import { useErrand } from '../../stores/errands.ts';
import type { CurrentModel } from '../models/index.ts';
import { ContextDialog } from './context-dialog.tsx';
import { type Gauge, gaugeText, gaugeWords, shareOf } from './gauge.ts';
import * as strings from './strings.ts';
import { type GaugeInput, useGauge } from './use-gauge.ts';

export interface MeterProps extends Omit<GaugeInput, 'model'>, CurrentModel {}

const COLOURS = {
  empty: 'text-muted',
  unknown: 'text-muted',
  fits: 'text-leaf',
  full: 'text-warn',
  over: 'text-danger',
} as const;

/** How much of what the model can read is used; opens what that means, and what it cost so far. */
export function ContextMeter({ picked, list, ...asked }: MeterProps) {
  const [open, setOpen] = useState(false);
  const model = picked.kind === 'model' ? picked.model : undefined;
  const gauge = useGauge({ ...asked, model });
  // Most of what would be read is not known yet.
  const isComing = asked.view?.above !== undefined;
  const shown = model && gauge.state !== 'empty' && !isComing;
  useErrand('context', shown ? () => setOpen(true) : undefined);
  if (!shown) return null;
  const words = gaugeWords(gauge);
  return (
    <>
      <button
        type="button"
        aria-label={strings.context(words)}
        aria-haspopup="dialog"
        data-tip={strings.context(words)}
        onClick={() => setOpen(true)}
        className="flex h-8 min-w-8 shrink-0 items-center justify-center gap-1.5 rounded-lg px-1.5 text-muted text-xs tabular-nums transition-colors hover:bg-hover"
      >
        <Ring gauge={gauge} />
        <span className={cx('max-sm:hidden', gauge.state === 'over' && 'text-danger')}>
          {gaugeText(gauge)}
        </span>
      </button>
      {open && (
        <ContextDialog
          gauge={gauge}
          model={model}
          list={list}
          view={asked.view}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** Dashed where the window is not known. */
function Ring({ gauge }: { readonly gauge: Gauge }) {
  const dashed = gauge.state === 'unknown';
  return (
    <svg aria-hidden viewBox="0 0 20 20" className={cx('size-4.5 -rotate-90', COLOURS[gauge.state])}>
      <g fill="none" stroke="currentColor" strokeWidth="3">
        <circle
          cx="10"
          cy="10"
          r="8"
          className="opacity-30"
          {...(dashed && { strokeDasharray: '2.5 2.5' })}
        />
        {!dashed && <circle cx="10" cy="10" r="8" pathLength="1" strokeDasharray={`${shareOf(gauge)} 1`} />}
      </g>
    </svg>
  );
}
