import { useId } from 'react';
import * as strings from '../agents/strings-agents.ts';
import { Field } from './field.tsx';
import { FormFrame } from './form-frame.tsx';
import { useAgentForm } from './use-agent-form.ts';

interface AgentFormProps {
  /** It is kept, and the list is to be asked for again. */
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** The command of an agent: tested in place, then kept. It is started by "Test" and when it is first asked something. */
export function AgentForm({ onDone, onCancel }: AgentFormProps) {
  const form = useAgentForm(onDone);
  const { values, set } = form;
  const env = useId();
  return (
    <FormFrame
      title={strings.addAgent}
      submit={strings.add}
      state={form.state}
      onTest={form.test}
      onSave={form.save}
      onCancel={onCancel}
    >
      {(status) => (
        <>
          <p className="text-muted text-xs">{strings.whatAgentsDo}</p>
          <Field
            label={strings.command}
            value={values.command}
            placeholder={strings.commandExample}
            autoFocus
            onChange={(command) => set({ command })}
            describedBy={status}
          />
          <div className="grid gap-3 sm:grid-cols-2">
            <Field
              label={strings.commandArguments}
              value={values.args}
              placeholder={strings.argumentsExample}
              onChange={(args) => set({ args })}
              describedBy={status}
            />
            <Field label={strings.name} value={values.name} onChange={(name) => set({ name })} />
          </div>
          <div>
            <label htmlFor={env} className="block pb-1 font-medium text-muted text-xs">
              {strings.environment}
            </label>
            <textarea
              id={env}
              rows={2}
              value={values.env}
              placeholder={strings.environmentExample}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              onChange={({ target }) => set({ env: target.value })}
              className="field-sizing-content max-h-40 w-full rounded-lg border border-line-strong bg-paper px-3 py-2 font-mono text-xs"
            />
          </div>
          <p className="text-muted text-xs">{strings.environmentMeans}</p>
        </>
      )}
    </FormFrame>
  );
}
