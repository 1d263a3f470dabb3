import { Minus, Plus } from 'lucide-react';
import type { Model } from '../../../protocol/index.ts';
import { MOST_REPLIES } from '../../actions/message/regenerate.ts';
import { cx, IconButton } from '../../components/index.ts';
import * as strings from './strings-later.ts';

/** How often a model is asked, and how freely; without a temperature as it does by itself. */
export interface SeveralWish {
  readonly count: number;
  readonly temperature?: number;
}

interface SeveralLineProps {
  readonly model: Model;
  readonly wish: SeveralWish;
  /** Its number has the focus first. Default: it has not. */
  readonly first?: boolean;
  readonly onChange: (wish: SeveralWish) => void;
}

const FIELD =
  'min-h-9 [appearance:textfield] [&::-webkit-inner-spin-button]:appearance-none rounded-lg border border-line-strong bg-paper px-1 text-center placeholder:text-muted placeholder:text-xs';

/** One model of "Ask several": how many replies, and once there are some how freely. */
export function SeveralLine({ model, wish, first = false, onChange }: SeveralLineProps) {
  const { count, temperature } = wish;
  const change = (to: number) => onChange({ ...wish, count: between(Math.round(to), MOST_REPLIES) });
  return (
    <li className="flex flex-wrap items-center gap-2 rounded-lg px-2 py-1.5">
      <span className="min-w-32 flex-1">
        <span className="block truncate text-sm">{model.name}</span>
        <span className="block truncate text-muted text-xs">{model.sourceName}</span>
      </span>
      <span className="flex items-center gap-0.5 sm:order-2">
        <IconButton
          label={strings.oneLess(model.name)}
          icon={<Minus size={15} />}
          disabled={count === 0}
          onClick={() => change(count - 1)}
        />
        <input
          type="number"
          data-autofocus={first || undefined}
          aria-label={model.name}
          min={0}
          max={MOST_REPLIES}
          step={1}
          value={count}
          onChange={({ target }) => change(Number(target.value))}
          className={cx(FIELD, 'w-10')}
        />
        <IconButton
          label={strings.oneMore(model.name)}
          icon={<Plus size={15} />}
          disabled={count === MOST_REPLIES}
          onClick={() => change(count + 1)}
        />
      </span>
      {count > 0 && !model.agent && (
        <label className="order-1 flex w-full items-center justify-end gap-1.5 text-muted text-xs sm:w-auto">
          {strings.temperature}
          <input
            type="number"
            aria-label={strings.temperatureOf(model.name)}
            placeholder={strings.usual}
            min={0}
            max={2}
            step={0.1}
            value={temperature ?? ''}
            onChange={({ target }) =>
              onChange({
                count,
                ...(target.value !== '' && { temperature: between(Number(target.value), 2) }),
              })
            }
            className={cx(FIELD, 'w-16')}
          />
        </label>
      )}
    </li>
  );
}

const between = (number: number, most: number): number => Math.max(0, Math.min(most, number));
