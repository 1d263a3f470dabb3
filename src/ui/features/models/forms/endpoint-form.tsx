import type { Source } from '../../../../protocol/index.ts';
import { Button } from '../../../components/index.ts';
import * as strings from '../strings-later.ts';
import { ApiField, Field } from './field.tsx';
import { FormFrame } from './form-frame.tsx';
import { useEndpointForm } from './use-endpoint-form.ts';

interface EndpointFormProps {
  /** The endpoint to change; absent: another one is added. */
  readonly source?: Source;
  /** It is kept, and the list is to be asked for again. */
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

const WELL_KNOWN = [
  ['OpenAI', 'https://api.openai.com/v1'],
  ['Anthropic', 'https://api.anthropic.com/v1'],
  ['OpenRouter', 'https://openrouter.ai/api/v1'],
] as const;

/** Address and key of a server of models: tested in place, then kept. The key goes to the server of this page and never comes back. */
export function EndpointForm({ source, onDone, onCancel }: EndpointFormProps) {
  const form = useEndpointForm(source, onDone);
  const { values, set } = form;
  return (
    <FormFrame
      title={source ? strings.changeOf(source.name) : strings.addEndpoint}
      submit={source ? strings.save : strings.add}
      state={form.state}
      onTest={form.test}
      onSave={form.save}
      onCancel={onCancel}
    >
      {(status) => (
        <>
          {!source && (
            <p className="flex flex-wrap gap-1.5">
              {WELL_KNOWN.map(([name, baseUrl]) => (
                <Button key={name} onClick={() => set({ baseUrl })}>
                  {name}
                </Button>
              ))}
            </p>
          )}
          <Field
            label={strings.baseUrl}
            inputMode="url"
            value={values.baseUrl}
            placeholder="https://api.example.com/v1"
            autoFocus
            onChange={(baseUrl) => set({ baseUrl })}
            describedBy={status}
          />
          <Field
            label={strings.key}
            type="password"
            value={values.key}
            placeholder={source?.hasKey ? strings.keyKept : strings.keyNone}
            onChange={(key) => set({ key })}
            describedBy={status}
          />
          {source?.hasKey && (
            <label className="flex min-h-8 items-center gap-2 text-sm">
              <input
                type="checkbox"
                checked={values.forget}
                onChange={({ target }) => set({ forget: target.checked })}
                className="size-4 accent-leaf"
              />
              {strings.forgetKey}
            </label>
          )}
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label={strings.nameOptional} value={values.name} onChange={(name) => set({ name })} />
            <ApiField value={values.kind} onChange={(kind) => set({ kind })} />
            <Field
              label={strings.headerOptional}
              value={values.keyHeader}
              placeholder={strings.headerExample}
              onChange={(keyHeader) => set({ keyHeader })}
              describedBy={status}
            />
            <Field
              label={strings.modelsOptional}
              value={values.models}
              placeholder={strings.modelsExample}
              onChange={(models) => set({ models })}
              describedBy={status}
            />
          </div>
          <p className="text-muted text-xs">{strings.whereKeyIs}</p>
        </>
      )}
    </FormFrame>
  );
}
