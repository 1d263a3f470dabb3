import { TriangleAlert, Wrench } from 'lucide-react';
import { Spinner } from '../../../components/index.ts';
import * as strings from '../strings.ts';
import { Fold } from './fold.tsx';
import type { PartProps } from './part-props.ts';
import { readable } from './readable.ts';

/** A call of a tool: its name, and folded what it was given and what it answered. */
export function ToolPart({ part, writing }: PartProps<'tool'>) {
  const { name, input, output, error } = part;
  const running = writing && output === undefined && error === undefined;
  return (
    <Fold
      part={part}
      icon={iconOf(running, error !== undefined)}
      title={
        <>
          {running ? strings.using : error === undefined ? strings.used : strings.failedToUse}{' '}
          <code className="font-mono text-[0.92em]">{name}</code>
        </>
      }
    >
      {() => (
        <dl className="flex flex-col gap-2">
          <Field name={strings.input} text={input} />
          {output !== undefined && <Field name={strings.output} text={output} />}
          {error !== undefined && <Field name={strings.error} text={error} />}
        </dl>
      )}
    </Fold>
  );
}

function iconOf(running: boolean, failed: boolean) {
  if (running) return <Spinner />;
  const Icon = failed ? TriangleAlert : Wrench;
  return <Icon aria-hidden size={15} className="shrink-0" />;
}

function Field({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div>
      <dt className="font-medium text-muted text-xs">{name}</dt>
      <dd className="mt-0.5 max-h-80 overflow-auto rounded-lg bg-sunken px-3 py-2 font-mono text-xs whitespace-pre-wrap wrap-anywhere">
        {text === '' ? '…' : readable(text)}
      </dd>
    </div>
  );
}
