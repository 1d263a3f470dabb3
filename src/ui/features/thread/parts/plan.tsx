import { Check, Circle, CircleDot } from 'lucide-react';
import { ownOf } from '../../../../protocol/own-property.ts';
import { cx } from '../../../components/index.ts';
import * as strings from '../strings.ts';
import type { PartProps } from './part-props.ts';

/** What the agent means to do; ticks as it goes. */
export function PlanPart({ part: { steps } }: PartProps<'plan'>) {
  const done = steps.filter(({ state }) => state === 'completed').length;
  return (
    <section aria-label={strings.plan} className="min-w-0 rounded-xl border border-line px-3 py-2 text-sm">
      <p className="flex items-baseline justify-between gap-2 pb-1 font-medium">
        {strings.plan}{' '}
        <span className="font-normal text-muted text-xs tabular-nums">
          {strings.stepsDone(done, steps.length)}
        </span>
      </p>
      <ol className="flex flex-col gap-1">
        {steps.map(({ text, state }, at) => {
          const Icon = state === 'completed' ? Check : state === 'in_progress' ? CircleDot : Circle;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the whole list is said anew
            <li key={at} className={cx('flex items-start gap-2', state === 'completed' && 'text-muted')}>
              <Icon
                aria-hidden
                size={15}
                className={cx('mt-0.5 shrink-0', state === 'completed' ? 'text-leaf' : 'text-muted')}
              />
              <span className="min-w-0 wrap-anywhere" dir="auto">
                {text}
              </span>
              <span className="sr-only">{ownOf(strings.planStates, state) ?? state}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
