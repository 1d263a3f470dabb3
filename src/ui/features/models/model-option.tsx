import type { Model } from '../../../protocol/index.ts';

interface ModelOptionProps {
  readonly model: Model;
  /** Shared by the radios of one list. */
  readonly name: string;
  readonly checked: boolean;
  readonly focused: boolean;
  readonly onChoose: (model: Model) => void;
  readonly onDone: () => void;
}

/** One model as a radio. A press of the pointer also closes (`detail` counts presses; arrows have none), and so does Enter. */
export function ModelOption({ model, name, checked, focused, onChoose, onDone }: ModelOptionProps) {
  return (
    <label className="flex min-h-10 cursor-pointer items-center gap-3 rounded-lg px-2 text-sm hover:bg-hover has-checked:bg-leaf-soft has-checked:font-medium">
      <input
        type="radio"
        name={name}
        checked={checked}
        data-autofocus={focused || undefined}
        onChange={() => onChoose(model)}
        onClick={(event) => event.detail > 0 && onDone()}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          onChoose(model);
          onDone();
        }}
        className="size-4 shrink-0 accent-leaf"
      />
      <span className="min-w-0 break-words">{model.name}</span>
      {model.demo && !model.name.includes('not an AI') && <DemoBadge />}
    </label>
  );
}

export function DemoBadge() {
  return <span className="shrink-0 rounded-full border border-line px-2 text-muted text-xs">not an AI</span>;
}
