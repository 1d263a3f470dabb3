import { type FormEvent, useState } from 'react';
import type { NewToken } from '../../../protocol/requests/access.ts';
import { Button, cx, Spinner } from '../../components/index.ts';
import { announce } from '../../stores/announce.ts';
import { SCOPES, type TokenChoice } from './scopes.ts';
import * as strings from './strings.ts';
import { WriterOptions } from './writer-options.tsx';

interface TokenFormProps {
  /** Rejects with an error whose message is a sentence; what was typed stays then. */
  readonly onMake: (wanted: NewToken) => Promise<void>;
}

/** A name and what it may do: a new token. */
export function TokenForm({ onMake }: TokenFormProps) {
  const [name, setName] = useState('');
  const [choice, setChoice] = useState<TokenChoice>({ scope: 'owner' });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (name.trim() === '') return fail(strings.needsName);
    setBusy(true);
    onMake({ name: name.trim(), ...choice }).catch((error: Error) => {
      setBusy(false);
      fail(error.message);
    });
  };
  const fail = (sentence: string) => {
    setProblem(sentence);
    announce(sentence, 'alert');
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <h3 className="font-medium text-sm">{strings.aNewToken}</h3>
      <label className="flex flex-col gap-1 text-sm">
        {strings.name}
        <input
          value={name}
          maxLength={60}
          aria-invalid={problem !== undefined}
          placeholder={strings.nameExample}
          onChange={(event) => {
            setName(event.target.value);
            setProblem(undefined);
          }}
          className="min-h-10 rounded-lg border border-line-strong bg-paper px-3 text-base"
        />
      </label>
      <fieldset className="grid gap-2 sm:grid-cols-2">
        <legend className="mb-1 text-sm">{strings.whatItMayDo}</legend>
        {SCOPES.map((each) => (
          <label
            key={each.scope}
            className={cx(
              'flex cursor-pointer flex-col rounded-lg border px-3 py-2 text-sm has-focus-visible:outline-2',
              choice.scope === each.scope ? 'border-leaf bg-leaf-soft' : 'border-line',
            )}
          >
            <input
              type="radio"
              name="scope"
              aria-label={each.name}
              checked={choice.scope === each.scope}
              onChange={() => setChoice({ scope: each.scope })}
              className="sr-only"
            />
            <span aria-hidden>{each.name}</span>
            <span className="text-muted text-xs">{each.means}</span>
          </label>
        ))}
      </fieldset>
      {choice.scope === 'writer' && <WriterOptions choice={choice} onChange={setChoice} />}
      {problem && <p className="text-danger text-sm">{problem}</p>}
      <Button look="primary" type="submit" className="self-end" aria-disabled={busy}>
        {busy && <Spinner className="text-current" />}
        {strings.makeToken}
      </Button>
    </form>
  );
}
