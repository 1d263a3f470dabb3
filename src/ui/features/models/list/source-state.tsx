import { Pencil, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Source } from '../../../../protocol/index.ts';
import { IconButton, Spinner } from '../../../components/index.ts';
import * as strings from '../strings-later.ts';
import { SourceRemoval } from './source-removal.tsx';

interface SourceStateProps {
  readonly source: Source;
  /** How many of its models are shown. */
  readonly count: number;
  /** Its form has just been closed: the focus is given back. */
  readonly edited: boolean;
  readonly onEdit: () => void;
  readonly onChanged: () => void;
}

/** What is known of a source: where it comes from, how it is, and for a person's own what can be done. */
export function SourceState({ source, count, edited, onEdit, onChanged }: SourceStateProps) {
  const [asking, setAsking] = useState(false);
  const remove = useRef<HTMLButtonElement>(null);
  const { name, state, sentence, endpoint } = source;
  return (
    <div className="px-2 pb-1 text-muted text-xs">
      <div className="flex min-h-7 items-center gap-1">
        <span className="wrap-anywhere min-w-0">{originOf(source)}</span>
        {state === 'asking' && <Spinner className="ml-1 size-4" label={strings.asking(name)} />}
        {endpoint && (
          <span className="ml-auto flex shrink-0">
            <IconButton
              size="sm"
              autoFocus={edited}
              label={strings.changeOf(name)}
              icon={<Pencil size={14} />}
              onClick={onEdit}
            />
            <IconButton
              ref={remove}
              size="sm"
              label={strings.removeOf(name)}
              icon={<Trash2 size={14} />}
              onClick={() => setAsking(true)}
            />
          </span>
        )}
      </div>
      {asking && endpoint && (
        <SourceRemoval
          source={source}
          endpoint={endpoint}
          onKeep={() => {
            setAsking(false);
            remove.current?.focus();
          }}
          onRemoved={onChanged}
        />
      )}
      {sentence && <p className="rounded-xl bg-warn-soft px-3 py-2 text-sm text-warn">{sentence}</p>}
      {state === 'ready' && count === 0 && <p>{withoutModels(source)}</p>}
    </div>
  );
}

/** "Found on this machine · 127.0.0.1:11434". */
function originOf({ found, kind, variables = [], baseUrl, name, hasKey }: Source): string {
  if (kind === 'agents')
    return 'They work in a folder of this server’s computer, and run commands there as you';
  const host = baseUrl === undefined ? '' : new URL(baseUrl).host;
  const facts = [
    ORIGINS[found],
    host === name ? '' : host,
    found === 'person' && hasKey ? strings.withKey : '',
  ];
  if (found === 'environment' && variables.length > 0)
    facts[0] = strings.fromVariables([...new Set(variables)]);
  return facts.filter((fact) => fact !== '').join(' · ');
}

const ORIGINS = {
  environment: strings.fromEnvironment,
  local: strings.foundHere,
  person: strings.addedByYou,
  'built-in': strings.builtIn,
} as const;

function withoutModels({ kind, found }: Source): string {
  if (kind === 'ollama') return strings.ollamaWithout;
  return found === 'local' ? strings.localWithout : strings.without;
}
