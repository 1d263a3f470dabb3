import { Pencil, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Source } from '../../../protocol/index.ts';
import { IconButton, Spinner } from '../../components/index.ts';
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
        {state === 'asking' && <Spinner className="ml-1 size-4" label={`Asking ${name}`} />}
        {endpoint && (
          <span className="ml-auto flex shrink-0">
            <IconButton
              size="sm"
              autoFocus={edited}
              label={`Change ${name}`}
              icon={<Pencil size={14} />}
              onClick={onEdit}
            />
            <IconButton
              ref={remove}
              size="sm"
              label={`Remove ${name}`}
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
function originOf({ found, variables = [], baseUrl, name, hasKey }: Source): string {
  const host = baseUrl === undefined ? '' : new URL(baseUrl).host;
  const facts = [ORIGINS[found], host === name ? '' : host, found === 'person' && hasKey ? 'with a key' : ''];
  if (found === 'environment' && variables.length > 0)
    facts[0] = `From ${[...new Set(variables)].join(' and ')}`;
  return facts.filter((fact) => fact !== '').join(' · ');
}

const ORIGINS = {
  environment: 'From the environment',
  local: 'Found on this machine',
  person: 'Added by you',
  'built-in': 'Built in',
} as const;

function withoutModels({ kind, found }: Source): string {
  if (kind === 'ollama') return 'It runs without a model for chats yet. Get one with: ollama pull llama3.2';
  return found === 'local'
    ? 'It runs without a model for chats. Load one there, then ask the sources again.'
    : 'It serves no model for chats.';
}
