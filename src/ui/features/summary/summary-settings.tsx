import type { ReactNode } from 'react';
import { useModels } from '../../../client/hooks/index.ts';
import type { Model } from '../../../protocol/index.ts';
import * as strings from './strings.ts';

interface WriterProps {
  readonly chats: readonly Model[];
  readonly model: Model | undefined;
  readonly disabled: boolean;
  readonly onModel: (model: Model | undefined) => void;
  /** What else can be chosen beside it. */
  readonly children?: ReactNode;
}

const FIELD =
  'min-h-9 rounded-lg border border-line-strong bg-paper px-2 text-ink text-base disabled:text-muted sm:text-sm';
const modelOption = ({ ref }: Model): string => `${ref.source} ${ref.id}`;

/** Models that can write a summary. */
export function useWriters(): readonly Model[] {
  const { models } = useModels();
  return models.filter(({ kind, demo, agent }) => kind === 'chat' && !demo && !agent);
}

/** Who writes the summary. */
export function Writer({ chats, model, disabled, onModel, children }: WriterProps) {
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-2">
      <label className="flex min-w-40 flex-1 flex-col gap-1 text-muted text-xs">
        {strings.writtenBy}
        <select
          value={model ? modelOption(model) : ''}
          disabled={disabled}
          onChange={({ target }) => onModel(chats.find((one) => modelOption(one) === target.value))}
          className={`${FIELD} w-full`}
        >
          <option value="">{strings.noModel}</option>
          {chats.map((one) => (
            <option key={modelOption(one)} value={modelOption(one)}>
              {one.name} · {one.sourceName}
            </option>
          ))}
        </select>
      </label>
      {children}
    </div>
  );
}

interface KeptTurnsProps {
  readonly keep: number;
  /** Most turns that can stay word for word. */
  readonly most: number;
  readonly disabled: boolean;
  readonly onKeep: (keep: number) => void;
}

/** What it leaves as it is. */
export function KeptTurns({ keep, most, disabled, onKeep }: KeptTurnsProps) {
  return (
    <label className="flex flex-col gap-1 text-muted text-xs">
      {strings.keep}
      <input
        type="number"
        min={0}
        max={most}
        step={1}
        value={keep}
        disabled={disabled}
        onChange={({ target }) => onKeep(Math.max(0, Math.min(most, Math.round(Number(target.value)))))}
        className={`${FIELD} w-24 text-right`}
      />
    </label>
  );
}
