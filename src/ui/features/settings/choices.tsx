import type { ReactNode } from 'react';
import { useId } from 'react';
import { cx } from '../../components/index.ts';

/** A part of a section, under a heading of its own. */
export function Subsection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mb-7">
      <h3 id={id} className="mb-2 font-medium text-sm">
        {title}
      </h3>
      {children}
    </section>
  );
}

interface ChoicesProps<T extends string> {
  readonly label: string;
  readonly names: Readonly<Record<T, string>>;
  readonly chosen: T;
  readonly onChoose: (choice: T) => void;
}

/** A few to choose from, beside each other. */
export function Choices<T extends string>({ label, names, chosen, onChoose }: ChoicesProps<T>) {
  const name = useId();
  return (
    <fieldset className="mb-7">
      <legend className="mb-2 font-medium text-sm">{label}</legend>
      <div className="flex flex-wrap gap-2">
        {(Object.keys(names) as T[]).map((choice) => (
          <label
            key={choice}
            className={cx(
              'flex min-h-10 cursor-pointer items-center gap-2 rounded-lg border px-3 text-sm has-focus-visible:outline-2',
              choice === chosen ? 'border-leaf bg-leaf-soft' : 'border-line bg-surface',
            )}
          >
            <input
              type="radio"
              name={name}
              checked={choice === chosen}
              onChange={() => onChoose(choice)}
              className="size-4 accent-leaf"
            />
            {names[choice]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
