import { type ReactNode, useMemo } from 'react';
import { markOf, type Tree } from '../../../tree/index.ts';
import * as strings from './strings.ts';

/** What is set besides the words; dates as the browser's date field writes them. */
export interface Filters {
  readonly role: '' | 'user' | 'assistant' | 'system';
  readonly model: string;
  readonly label: string;
  readonly from: string;
  readonly to: string;
  readonly starred: boolean;
  readonly asides: boolean;
}

export const noFilters: Filters = {
  role: '',
  model: '',
  label: '',
  from: '',
  to: '',
  starred: false,
  asides: false,
};

interface FindFiltersProps {
  readonly filters: Filters;
  readonly tree: Tree;
  readonly onChange: (filters: Filters) => void;
}

/** Who said it, which model, in which branch, when, with a star. Only what the conversation has can be chosen. */
export function FindFilters({ filters, tree, onChange }: FindFiltersProps) {
  const set = (change: Partial<Filters>) => onChange({ ...filters, ...change });
  const { models, labels } = useMemo(() => choicesIn(tree), [tree]);
  return (
    <div className="grid grid-cols-2 gap-2 border-line border-t px-3 py-2 text-sm @min-[40rem]:grid-cols-4">
      <Field name={strings.who}>
        <Choice value={filters.role} onChange={(role) => set({ role: role as Filters['role'] })}>
          <option value="">{strings.anyone}</option>
          <option value="user">{strings.you}</option>
          <option value="assistant">{strings.assistant}</option>
          <option value="system">{strings.systemPrompt}</option>
        </Choice>
      </Field>
      <Field name={strings.model}>
        <Choice value={filters.model} onChange={(model) => set({ model })}>
          <option value="">{strings.any}</option>
          {models.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Choice>
      </Field>
      <Field name={strings.from}>
        <DateField value={filters.from} onChange={(from) => set({ from })} />
      </Field>
      <Field name={strings.until}>
        <DateField value={filters.to} onChange={(to) => set({ to })} />
      </Field>
      <Field name={strings.label}>
        <Choice value={filters.label} onChange={(label) => set({ label })}>
          <option value="">{strings.any}</option>
          {labels.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Choice>
      </Field>
      <label className="flex min-h-8 items-center gap-2 self-end">
        <input
          type="checkbox"
          checked={filters.starred}
          onChange={(event) => set({ starred: event.target.checked })}
          className="size-4 accent-leaf"
        />
        {strings.onlyStarred}
      </label>
      <label className="flex min-h-8 items-center gap-2 self-end">
        <input
          type="checkbox"
          checked={filters.asides}
          onChange={(event) => set({ asides: event.target.checked })}
          className="size-4 accent-leaf"
        />
        {strings.asidesToo}
      </label>
    </div>
  );
}

export function Field({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="flex min-w-0 flex-col gap-0.5">
      <span className="text-muted text-xs">{name}</span>
      {children}
    </label>
  );
}

interface ControlProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const LOOK = 'min-h-8 w-full min-w-0 rounded-lg border border-line bg-paper px-2 text-ink';

export function Choice({ value, onChange, children }: ControlProps & { readonly children: ReactNode }) {
  return (
    <select value={value} onChange={(event) => onChange(event.target.value)} className={LOOK}>
      {children}
    </select>
  );
}

export function DateField({ value, onChange }: ControlProps) {
  return (
    <input type="date" value={value} onChange={(event) => onChange(event.target.value)} className={LOOK} />
  );
}

function choicesIn(tree: Tree): { readonly models: readonly string[]; readonly labels: readonly string[] } {
  const models = new Set<string>();
  for (const { author } of tree.messages.values()) if (author.kind === 'model') models.add(author.name);
  const labels = new Set([...tree.marks.keys()].map((id) => markOf(tree, id).label).filter(Boolean));
  return { models: [...models].sort(), labels: [...labels].sort() };
}
