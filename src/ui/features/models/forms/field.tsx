import { useId } from 'react';
import { API_KINDS, type ApiKind } from '../../../../protocol/index.ts';
import * as strings from '../strings-later.ts';

const LABEL = 'block pb-1 font-medium text-muted text-xs';
const BOX = 'h-9 w-full rounded-lg border border-line-strong bg-paper px-3 text-sm';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'password';
  readonly inputMode?: 'url' | 'text';
  readonly placeholder?: string;
  /** Takes the focus when it appears. */
  readonly autoFocus?: boolean;
  readonly describedBy?: string;
}

/** A line of text with its label above. Nothing in it is corrected, completed or remembered by the browser. */
export function Field({ label, value, onChange, type = 'text', describedBy, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className={LABEL}>
        {label}
      </label>
      <input
        id={id}
        type={type}
        value={value}
        autoComplete={type === 'password' ? 'new-password' : 'off'}
        autoCapitalize="none"
        spellCheck={false}
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.target.value)}
        className={BOX}
        // Of a form that a dialog opens with nothing can have the focus before.
        data-autofocus={rest.autoFocus || undefined}
        {...rest}
      />
    </div>
  );
}

const API_NAMES: Readonly<Record<ApiKind, string>> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  'openai-compatible': 'OpenAI-compatible',
  ollama: 'Ollama',
};

interface ApiFieldProps {
  /** Undefined: by the address. */
  readonly value: ApiKind | undefined;
  readonly onChange: (kind: ApiKind | undefined) => void;
}

/** Which way the server speaks, where its address does not tell. */
export function ApiField({ value, onChange }: ApiFieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className={LABEL}>
        {strings.speaks}
      </label>
      <select
        id={id}
        value={value ?? ''}
        onChange={({ target }) => onChange(API_KINDS.find((kind) => kind === target.value))}
        className={BOX}
      >
        <option value="">{strings.byAddress}</option>
        {API_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {API_NAMES[kind]}
          </option>
        ))}
      </select>
    </div>
  );
}
