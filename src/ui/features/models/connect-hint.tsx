import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ModelsView } from '../../../client/types.ts';
import { Button } from '../../components/index.ts';
import { openModels } from '../../stores/models-dialog.ts';
import { hasRealModel } from './model-groups.ts';
import * as strings from './strings-later.ts';

/** How often the sources are asked again while somebody is starting a server, in ms. */
const LOOK_AGAIN = 4_000;

interface ConnectHintProps {
  readonly list: ModelsView;
  /** Offers to try the demo. Absent: it is in sight anyway. */
  readonly onDemo?: () => void;
  /** Opens the form for an endpoint. Default: in the dialog "Models". */
  readonly onAdd?: () => void;
}

/** The ways to a first answer, while no real model is there. */
export function ConnectHint({ list, onDemo, onAdd = openForm }: ConnectHintProps) {
  const [local, setLocal] = useState(false);
  if (list.status !== 'ready' || hasRealModel(list.models)) return null;
  return (
    <section
      aria-label={strings.connect}
      className="rounded-xl border border-line border-dashed p-4 text-left text-sm"
    >
      <h3 className="font-medium">{strings.connect}</h3>
      <p className="mt-1 text-muted">{strings.connectHow}</p>
      <p className="mt-3 flex flex-wrap gap-2">
        <Button look="primary" onClick={onAdd}>
          {strings.addKey}
        </Button>
        <Button aria-expanded={local} onClick={() => setLocal(!local)}>
          {strings.startOllama}
        </Button>
        {onDemo && <Button onClick={onDemo}>{strings.tryDemo}</Button>}
      </p>
      {local && <StartOllama list={list} />}
    </section>
  );
}

const openForm = () => openModels({ place: 'add' });

/** Step by step; what is started meanwhile is found without anybody pressing anything. */
function StartOllama({ list }: { readonly list: ModelsView }) {
  const look = useEffectEvent(() => {
    if (document.visibilityState === 'visible') list.refresh();
  });
  useEffect(() => {
    const timer = setInterval(look, LOOK_AGAIN);
    return () => clearInterval(timer);
  }, []);
  const steps = useRef<HTMLOListElement>(null);
  // On a phone they begin below what is in sight, as if nothing had happened.
  useEffect(() => {
    steps.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const runs = list.sources.some(({ kind, state }) => kind === 'ollama' && state === 'ready');
  return (
    <ol ref={steps} className="mt-3 list-decimal space-y-1.5 pl-5">
      <li>
        {strings.getOllama}{' '}
        <a
          href="https://ollama.com/download"
          target="_blank"
          rel="noreferrer noopener"
          className="text-leaf underline"
        >
          ollama.com
        </a>{' '}
        {strings.andStart} {runs && <strong className="font-semibold">{strings.itRuns}</strong>}
      </li>
      <li>
        {strings.getModel} <Code>ollama pull llama3.2</Code>
      </li>
      <li>{strings.appears}</li>
    </ol>
  );
}

function Code({ children }: { readonly children: ReactNode }) {
  return <code className="rounded bg-sunken px-1.5 py-0.5 font-mono text-xs">{children}</code>;
}
