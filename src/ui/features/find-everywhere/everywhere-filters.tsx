import type { EverywhereQuery, FoundEverywhere } from '../../../protocol/find/everywhere.ts';
import { Choice, DateField, dayAt, Field } from '../find/index.ts';
import { dayOf } from './question.ts';
import * as strings from './strings.ts';

interface EverywhereFiltersProps {
  readonly question: EverywhereQuery;
  readonly choices: FoundEverywhere['choices'];
  readonly onChange: (question: EverywhereQuery) => void;
}

/** Who said it, which model, when, with what, and where to look. */
export function EverywhereFilters({ question, choices, onChange }: EverywhereFiltersProps) {
  const set = (change: Partial<EverywhereQuery>) => onChange({ ...question, ...change });
  return (
    <div className="grid grid-cols-2 items-end gap-x-3 gap-y-2 pt-3 text-sm sm:grid-cols-5">
      <Field name={strings.who}>
        <Choice
          value={question.role ?? ''}
          onChange={(role) => set({ role: (role || undefined) as EverywhereQuery['role'] })}
        >
          <option value="">{strings.anyone}</option>
          <option value="user">{strings.you}</option>
          <option value="assistant">{strings.assistant}</option>
          <option value="system">{strings.systemPrompt}</option>
        </Choice>
      </Field>
      <Field name={strings.model}>
        <Names value={question.model} names={choices?.models ?? []} onChange={(model) => set({ model })} />
      </Field>
      <Field name={strings.label}>
        <Names value={question.label} names={choices?.labels ?? []} onChange={(label) => set({ label })} />
      </Field>
      <Field name={strings.from}>
        <DateField value={dayOf(question.after)} onChange={(day) => set({ after: dayAt(day) })} />
      </Field>
      <Field name={strings.until}>
        <DateField value={dayOf(question.before, -1)} onChange={(day) => set({ before: dayAt(day, 1) })} />
      </Field>
      <div className="col-span-full flex flex-wrap gap-x-4">
        {FLAGS.map(([flag, name]) => (
          <label key={flag} className="flex min-h-9 items-center gap-2">
            <input
              type="checkbox"
              checked={question[flag] ?? false}
              onChange={(event) => set({ [flag]: event.target.checked || undefined })}
              className="size-4 accent-leaf"
            />
            {name}
          </label>
        ))}
      </div>
    </div>
  );
}

const FLAGS = [
  ['starred', strings.onlyStarred],
  ['file', strings.onlyFile],
  ['code', strings.onlyCode],
  ['archived', strings.archivedToo],
  ['pruned', strings.hiddenToo],
  ['asides', strings.asidesToo],
] as const;

interface NamesProps {
  readonly value: string | undefined;
  readonly names: readonly string[];
  readonly onChange: (name: string | undefined) => void;
}

/** What is chosen stands there also before the names are known. */
function Names({ value, names, onChange }: NamesProps) {
  const all = value === undefined || names.includes(value) ? names : [value, ...names];
  return (
    <Choice value={value ?? ''} onChange={(name) => onChange(name || undefined)}>
      <option value="">{strings.any}</option>
      {all.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </Choice>
  );
}
