/** What is filled in to answer a question; loaded when one asks for it. */
import { ExternalLink } from 'lucide-react';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { QuestionPart } from '../../../protocol/index.ts';
import { ownOf } from '../../../protocol/own-property.ts';
import {
  type FormField,
  type FormValue,
  type FormValues,
  faultOf,
  fieldsOf,
  valueText,
} from '../../../protocol/parts/question-fields.ts';
import { load, save } from '../../stores/browser/browser-storage.ts';
import { Button } from '../button.tsx';
import { FormFieldInput } from './form-field-input.tsx';
import * as strings from './strings-form.ts';

export interface QuestionFormProps {
  readonly question: QuestionPart;
  /** The reply that asks: what is typed is kept by it. */
  readonly scope: string;
  readonly disabled: boolean;
  readonly onChoose: (option: string, values?: FormValues) => void;
}

/** The first field that is not filled in right, which may be out of sight. */
const WRONG = ':is(input, select, textarea)[aria-invalid="true"], fieldset[aria-invalid="true"] input';

/** Its fields or its address, and its options. What is typed stays over reloads of the tab. */
export function QuestionForm({ question, scope, disabled, onChoose }: QuestionFormProps) {
  const fields = fieldsOf(question.fields ?? []);
  const draft = useDraftOf(`${scope}:${question.id}`, fields);
  const [tried, setTried] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const status = useId();
  const accept = question.options.find(({ kind }) => kind === 'accept');
  const faults = fields.map((field) => [field, faultOf(field, ownOf(draft.values, field.name))] as const);
  const wrong = faults.find(([, fault]) => fault);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!accept || disabled) return;
    setTried(tried + 1);
    if (question.link !== undefined) {
      if (webAddress(question.link)) window.open(question.link, '_blank', 'noopener,noreferrer');
      return onChoose(accept.id);
    }
    if (wrong) return;
    onChoose(accept.id, withoutBlanks(draft.values));
    draft.forget();
  };
  useEffect(() => {
    if (tried > 0) form.current?.querySelector<HTMLElement>(WRONG)?.focus();
  }, [tried]);
  return (
    <form ref={form} noValidate onSubmit={submit} className="mt-2 flex flex-col gap-3">
      {question.link !== undefined && <Address url={question.link} />}
      {faults.map(([field, fault]) => (
        <FormFieldInput
          key={field.name}
          field={field}
          value={ownOf(draft.values, field.name)}
          fault={tried > 0 && fault ? strings.fault(field.label, fault) : undefined}
          onChange={(value) => draft.set(field.name, value)}
        />
      ))}
      {tried > 0 && wrong && (
        <p id={status} role="alert" className="text-danger">
          {strings.fault(wrong[0].label, wrong[1] as string)}
        </p>
      )}
      {fields.length > 0 && <p className="text-muted text-xs">{strings.kept}</p>}
      <div className="flex flex-wrap gap-2">
        {question.options.map(({ id, name, kind }) =>
          kind === 'accept' ? (
            <Button key={id} type="submit" look="primary" disabled={disabled}>
              {name}
              {question.link !== undefined && <ExternalLink aria-hidden size={14} />}
            </Button>
          ) : (
            <Button key={id} disabled={disabled} onClick={() => onChoose(id)}>
              {name}
            </Button>
          ),
        )}
      </div>
    </form>
  );
}

/** Undefined for what is none: it is shown as it is said, and not opened. */
function webAddress(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && ['http:', 'https:'].includes(url.protocol) ? url : undefined;
}

/** In full, so that it is seen where it leads; its host first of all. */
function Address({ url }: { readonly url: string }) {
  const host = webAddress(url)?.host;
  return (
    <p className="min-w-0 wrap-anywhere" dir="ltr">
      {host && <strong className="font-medium text-ink">{host}</strong>}{' '}
      <span className="font-mono text-muted text-xs">{url}</span>
    </p>
  );
}

/** What was answered, by the labels of the fields. */
export function FilledIn({ question }: Pick<QuestionFormProps, 'question'>) {
  const fields = fieldsOf(question.fields ?? []);
  const values = (question.answer?.values ?? {}) as FormValues;
  return (
    <dl className="mt-1.5 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 pl-5">
      {Object.entries(values).map(([name, value]) => {
        const field = fields.find((one) => one.name === name);
        return (
          <div key={name} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-muted">{field?.label ?? name}</dt>
            <dd className="min-w-0 whitespace-pre-wrap wrap-anywhere" dir="auto">
              {valueText(field, value)}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

type Drafted = Readonly<Record<string, FormValue | undefined>>;

const withoutBlanks = (values: Drafted): FormValues =>
  Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, FormValue] => entry[1] !== undefined && entry[1] !== '',
    ),
  );

function useDraftOf(place: string, fields: readonly FormField[]) {
  const key = `answer:${place}`;
  const [values, setValues] = useState<Drafted>(() => ({
    ...Object.fromEntries(
      fields.flatMap(({ name, initial }) => (initial === undefined ? [] : [[name, initial]])),
    ),
    ...(load(key, { tab: true }) as Drafted | undefined),
  }));
  return {
    values,
    set: (name: string, value: FormValue | undefined) => {
      const next = { ...values, [name]: value };
      setValues(next);
      save(key, next, { tab: true });
    },
    forget: () => save(key, undefined, { tab: true }),
  };
}
