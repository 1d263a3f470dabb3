import { type FormEvent, type KeyboardEvent, useId } from 'react';
import { Button } from '../../components/index.ts';
import { FormOutcome } from './endpoint-form.tsx';
import { Field } from './field.tsx';
import * as strings from './strings-agents.ts';
import { useAgentForm } from './use-agent-form.ts';

interface AgentFormProps {
  /** It is kept, and the list is to be asked for again. */
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** The command of an agent: tested in place, then kept. It is started by "Test" and when it is first asked something. */
export function AgentForm({ onDone, onCancel }: AgentFormProps) {
  const form = useAgentForm(onDone);
  const { values, set, busy } = form;
  const heading = useId();
  const status = useId();
  const env = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // For React it is still inside the composer's form.
    event.stopPropagation();
    if (!busy) form.save();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    onCancel();
  };
  return (
    <form
      aria-labelledby={heading}
      onSubmit={submit}
      onKeyDown={onKeyDown}
      className="mb-3 space-y-3 rounded-xl border border-leaf p-3"
    >
      <h3 id={heading} className="font-medium text-sm">
        {strings.addAgent}
      </h3>
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
      <FormOutcome id={status} state={form.state} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="ghost" onClick={onCancel}>
          {strings.cancel}
        </Button>
        <Button aria-disabled={busy} onClick={() => busy || form.test()}>
          {strings.test}
        </Button>
        <Button type="submit" look="primary" aria-disabled={busy}>
          {strings.add}
        </Button>
      </div>
    </form>
  );
}
