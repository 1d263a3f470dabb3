import { FileText, TriangleAlert, Wrench } from 'lucide-react';
import { use } from 'react';
import { callState } from '../../../../protocol/index.ts';
import { ownOf } from '../../../../protocol/own-property.ts';
import { Spinner } from '../../../components/index.ts';
import * as strings from '../strings.ts';
import { Fold } from './fold.tsx';
import type { PartProps } from './part-props.ts';
import { OpenReplyContext } from './question.tsx';
import { readable } from './readable.ts';

/** Something an agent did: what and how it stands; folded under it the files it touched, what it shows, and its raw input and output. */
export function CallPart({ part, writing }: PartProps<'call'>) {
  const { title, files = [], text, input, output } = part;
  const state = callState(part);
  // A turn that ended may have left it as it was: stopped, or its agent crashed.
  const isLeft = use(OpenReplyContext) === undefined && (state === 'pending' || state === 'in_progress');
  const words = isLeft ? strings.callLeft : (ownOf(strings.callStates, state) ?? state.replaceAll('_', ' '));
  const hasMore = text !== undefined || input !== undefined || output !== undefined || files.length > 0;
  const head = (
    <span dir="auto">
      <bdi className="text-ink">{title}</bdi>{' '}
      <span className={state === 'failed' ? 'text-danger' : 'text-muted'}>· {words}</span>
    </span>
  );
  return (
    <fieldset aria-label={strings.toolOf(title)} className="min-w-0">
      {hasMore ? (
        <Fold wraps part={part} icon={<StateIcon state={state} writing={writing} />} title={head}>
          {() => (
            <div className="flex flex-col gap-2">
              {files.length > 0 && <Files files={files} />}
              {text !== undefined && <Block text={text} />}
              {input !== undefined && <Raw name={strings.input} text={input} />}
              {output !== undefined && <Raw name={strings.output} text={output} />}
            </div>
          )}
        </Fold>
      ) : (
        <p className="inline-flex min-h-8 max-w-full items-center gap-2 text-muted text-sm">
          <StateIcon state={state} writing={writing} />
          {head}
        </p>
      )}
    </fieldset>
  );
}

function StateIcon({ state, writing }: { readonly state: string; readonly writing: boolean }) {
  if (writing && (state === 'pending' || state === 'in_progress')) return <Spinner className="size-4" />;
  const Icon = state === 'failed' ? TriangleAlert : Wrench;
  return <Icon aria-hidden size={15} className="shrink-0" />;
}

function Files({ files }: { readonly files: readonly { readonly path: string; readonly line?: number }[] }) {
  return (
    <ul className="flex flex-col gap-0.5 font-mono text-xs">
      {files.map(({ path, line }) => (
        <li key={`${path}:${line}`} className="flex items-start gap-1.5 wrap-anywhere">
          <FileText aria-hidden size={13} className="mt-0.5 shrink-0 text-muted" />
          <bdi>
            {path}
            {line !== undefined && `:${line}`}
          </bdi>
        </li>
      ))}
    </ul>
  );
}

function Block({ text }: { readonly text: string }) {
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
      className="max-h-80 overflow-auto rounded-lg bg-sunken px-3 py-2 font-mono text-xs whitespace-pre-wrap wrap-anywhere"
    >
      {text}
    </pre>
  );
}

function Raw({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <Fold icon={null} title={name}>
      {() => <Block text={readable(text)} />}
    </Fold>
  );
}
