import { useId, useState } from 'react';
import { Button } from '../../components/index.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { ChangedFiles } from './changed-files.tsx';
import * as strings from './strings.ts';

interface FilesComparedProps {
  readonly conversation: string;
  /** The last message of each branch that is compared, and what it is called. */
  readonly branches: readonly { readonly tip: string; readonly name: string }[];
  readonly readOnly: boolean;
}

/** The files of one branch beside those of another, or of where it was forked. */
export function FilesCompared({ conversation, branches, readOnly }: FilesComparedProps) {
  const [shown, show] = useState(branches[1]?.tip ?? branches[0]?.tip ?? '');
  const [against, compareWith] = useState('');
  const others = branches.filter(({ tip }) => tip !== shown);
  const from = others.some(({ tip }) => tip === against) ? against : null;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-3 border-line border-b px-3 py-2 text-sm">
        <Choose label={strings.filesOf} value={shown} options={branches} onChange={show} />
        <Choose
          label={strings.comparedWith}
          value={from ?? ''}
          options={[{ tip: '', name: strings.ownFork }, ...others]}
          onChange={compareWith}
        />
        {!readOnly && (
          <Button
            className="ml-auto"
            onClick={() => openDialog({ kind: 'take-files', conversation, message: shown, what: 'take' })}
          >
            {strings.take}
          </Button>
        )}
      </div>
      <ChangedFiles key={`${from} ${shown}`} input={{ conversation, from, to: shown }} readOnly={readOnly} />
    </div>
  );
}

interface ChooseProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly tip: string; readonly name: string }[];
  readonly onChange: (tip: string) => void;
}

function Choose({ label, value, options, onChange }: ChooseProps) {
  const id = useId();
  return (
    <span className="flex min-w-0 items-center gap-2">
      <label htmlFor={id} className="text-muted">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className="min-h-8 min-w-0 max-w-56 rounded-lg border border-line-strong bg-paper px-2"
      >
        {options.map(({ tip, name }) => (
          <option key={tip} value={tip}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}
