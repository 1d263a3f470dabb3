import { useId } from 'react';
import type { FormField, FormValue } from '../../../protocol/parts/question-fields.ts';
import { dateOf } from '../../../protocol/reading/date-of.ts';
import * as strings from './strings-form.ts';

interface FormFieldInputProps {
  readonly field: FormField;
  readonly value: FormValue | undefined;
  /** What is wrong with it, once somebody tried to send it. */
  readonly fault: string | undefined;
  readonly onChange: (value: FormValue | undefined) => void;
}

const BOX =
  'w-full rounded-lg border border-line-strong bg-paper px-3 text-sm text-ink aria-invalid:border-danger';

/** One field of a form, as its kind is filled in, with its label above and what it means below. */
export function FormFieldInput(props: FormFieldInputProps) {
  const { field, fault } = props;
  const id = useId();
  const about = useId();
  const described = field.about !== undefined || fault !== undefined ? about : undefined;
  const same = {
    'aria-describedby': described,
    'aria-invalid': fault !== undefined,
    'aria-required': field.required,
  };
  if (field.kind === 'switch')
    return (
      <div>
        <label htmlFor={id} className="flex min-h-8 items-center gap-2">
          <input
            id={id}
            type="checkbox"
            checked={props.value === true}
            onChange={({ target }) => props.onChange(target.checked)}
            className="size-4 accent-leaf"
            {...same}
          />
          <bdi>{field.label}</bdi>
        </label>
        <About id={about} about={field.about} fault={fault} />
      </div>
    );
  if (field.kind === 'choices') return <Choices {...props} about={about} />;
  return (
    <div>
      <label htmlFor={id} className="block pb-1 font-medium text-muted text-xs">
        <bdi>{field.label}</bdi>
        {!field.required && <span className="font-normal"> {strings.optional}</span>}
      </label>
      <Box {...props} id={id} same={same} />
      <About id={about} about={field.about} fault={fault} />
    </div>
  );
}

interface AboutProps {
  readonly id: string;
  readonly about: string | undefined;
  readonly fault: string | undefined;
}

function About({ id, about, fault }: AboutProps) {
  if (about === undefined && fault === undefined) return null;
  return (
    <div id={id} className="pt-0.5 text-muted text-xs" dir="auto">
      {about !== undefined && <p>{about}</p>}
      {fault !== undefined && <p className="text-danger">{fault}</p>}
    </div>
  );
}

const TYPES = { email: 'email', uri: 'url', date: 'date' } as const;

/** A moment as the clock here shows it, as such boxes want it. */
function localTime(value: FormValue | undefined): string {
  const at = typeof value === 'string' ? new Date(value) : undefined;
  if (!at || Number.isNaN(at.getTime())) return '';
  return dateOf(at.getTime() - at.getTimezoneOffset() * 60_000)
    .toISOString()
    .slice(0, 16);
}

function Box(props: FormFieldInputProps & { readonly id: string; readonly same: object }) {
  const { field, value, onChange, id, same } = props;
  const typed = (text: string) => onChange(text === '' ? undefined : text);
  if (field.kind === 'choice')
    return (
      <select
        id={id}
        value={String(value ?? '')}
        onChange={({ target }) => typed(target.value)}
        className={`${BOX} h-9`}
        {...same}
      >
        <option value="">{strings.none}</option>
        {field.choices?.map(({ value, name, about }) => (
          <option key={value} value={value} title={about}>
            {name}
          </option>
        ))}
      </select>
    );
  if (field.kind === 'text' && field.format === undefined)
    return (
      <textarea
        id={id}
        rows={1}
        dir="auto"
        value={String(value ?? '')}
        onChange={({ target }) => typed(target.value)}
        className={`${BOX} field-sizing-content max-h-60 min-h-9 py-1.5`}
        {...same}
      />
    );
  if (field.format === 'date-time')
    return (
      <input
        id={id}
        type="datetime-local"
        value={localTime(value)}
        onChange={({ target }) => typed(target.value && new Date(target.value).toISOString())}
        className={`${BOX} h-9`}
        {...same}
      />
    );
  const isNumber = field.kind === 'number' || field.kind === 'integer';
  return (
    <input
      id={id}
      type={isNumber ? 'number' : TYPES[field.format ?? 'uri']}
      step={field.kind === 'number' ? 'any' : undefined}
      value={String(value ?? '')}
      onChange={({ target }) =>
        isNumber && target.value !== '' ? onChange(target.valueAsNumber) : typed(target.value)
      }
      className={`${BOX} h-9`}
      {...same}
    />
  );
}

function Choices({ field, value, fault, onChange, about }: FormFieldInputProps & { readonly about: string }) {
  const chosen = Array.isArray(value) ? value : [];
  const put = (one: string, on: boolean) =>
    onChange(on ? [...chosen, one] : chosen.filter((other) => other !== one));
  return (
    <fieldset
      aria-describedby={field.about === undefined && fault === undefined ? undefined : about}
      aria-invalid={fault !== undefined}
    >
      <legend className="pb-1 font-medium text-muted text-xs">
        <bdi>{field.label}</bdi>
        {!field.required && <span className="font-normal"> {strings.optional}</span>}
      </legend>
      <div className="flex flex-wrap gap-x-4">
        {field.choices?.map(({ value: one, name, about: more }) => (
          <label key={one} title={more} className="flex min-h-8 items-center gap-2">
            <input
              type="checkbox"
              checked={chosen.includes(one)}
              onChange={({ target }) => put(one, target.checked)}
              className="size-4 accent-leaf"
            />
            <bdi>{name}</bdi>
          </label>
        ))}
      </div>
      <About id={about} about={field.about} fault={fault} />
    </fieldset>
  );
}
