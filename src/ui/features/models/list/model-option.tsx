import type { Model } from '../../../../protocol/index.ts';
import { factsOf } from '../model-facts.ts';
import * as strings from '../strings-later.ts';

interface ModelOptionProps {
  readonly model: Model;
  /** Shared by the radios of one list. */
  readonly name: string;
  readonly checked: boolean;
  readonly focused: boolean;
  readonly onChoose: (model: Model) => void;
  readonly onDone: (model: Model) => void;
}

/** One model as a radio. A press of the pointer also closes (`detail` counts presses; arrows have none), and so does Enter. */
export function ModelOption({ model, name, checked, focused, onChoose, onDone }: ModelOptionProps) {
  const facts = factsOf(model);
  return (
    <label className="flex min-h-10 cursor-pointer items-center gap-3 rounded-lg px-2 py-1 text-sm hover:bg-hover has-checked:bg-leaf-soft">
      <input
        type="radio"
        name={name}
        checked={checked}
        data-autofocus={focused || undefined}
        onChange={() => onChoose(model)}
        onClick={(event) => event.detail > 0 && onDone(model)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          onDone(model);
        }}
        className="size-4 shrink-0 accent-leaf"
      />
      <span className="min-w-0 flex-1">
        <span className={checked ? 'wrap-anywhere font-medium' : 'wrap-anywhere'}>{model.name}</span>{' '}
        {facts && <span className="block text-muted text-xs">{facts}</span>}
      </span>
      {model.demo && !model.name.includes(strings.notAnAi) && <DemoBadge />}
    </label>
  );
}

function DemoBadge() {
  return (
    <span className="shrink-0 rounded-full border border-line px-2 text-muted text-xs">
      {strings.notAnAi}
    </span>
  );
}
