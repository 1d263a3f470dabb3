import * as strings from './strings.ts';

interface ChoiceProps<T extends string> {
  readonly legend: string;
  readonly values: readonly T[];
  readonly value: T;
  readonly wordsOf: (value: T) => readonly [name: string, means: string];
  readonly onChange: (value: T) => void;
}

/** One of a few, each with what it means. */
export function Choice<T extends string>({ legend, values, value, wordsOf, onChange }: ChoiceProps<T>) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium text-sm">{legend}</legend>
      {values.map((one) => {
        const [name, means] = wordsOf(one);
        return (
          <label key={one} className="flex min-h-9 items-baseline gap-2 rounded-lg px-2 py-1 hover:bg-hover">
            <input
              type="radio"
              name={legend}
              checked={one === value}
              onChange={() => onChange(one)}
              className="accent-leaf"
            />
            <span>
              <span className="text-sm">{name}</span>
              <span className="block text-muted text-xs">{means}</span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

interface HiddenTooProps {
  readonly hidden: boolean;
  readonly onChange: (hidden: boolean) => void;
}

/** Whether what is hidden, and asides, are taken away too. */
export function HiddenToo({ hidden, onChange }: HiddenTooProps) {
  return (
    <label className="flex min-h-8 items-center gap-2 text-sm">
      <input
        type="checkbox"
        checked={hidden}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 accent-leaf"
      />
      {strings.hiddenToo}
    </label>
  );
}
