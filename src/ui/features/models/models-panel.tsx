import { Plus, RefreshCw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ModelsView } from '../../../client/types.ts';
import type { Model } from '../../../protocol/index.ts';
import type { ModelRef } from '../../../tree/index.ts';
import { Button, cx, later } from '../../components/index.ts';
import { ConnectHint } from './connect-hint.tsx';
import { EndpointForm } from './forms/endpoint-form.tsx';
import { ModelList } from './list/model-list.tsx';
import * as strings from './strings-later.ts';

const AgentForm = later(async () => (await import('./forms/agent-form.tsx')).AgentForm);

export type AnswererKind = 'models' | 'agents';

interface ModelsPanelProps {
  readonly list: ModelsView;
  readonly current: ModelRef | undefined;
  /** Begins with the form for another endpoint. Default: false. */
  readonly adding?: boolean | undefined;
  /** Only those. Default: models and agents. */
  readonly only?: AnswererKind | undefined;
  /** It is part of a page, which scrolls by itself. Default: of a dialog. */
  readonly inPage?: boolean;
  /** What else is chosen here, below the list. */
  readonly children?: ReactNode;
  /** Arrows went there. */
  readonly onChoose: (model: Model) => void;
  /** It was pressed. */
  readonly onDone: (model: Model) => void;
}

/** Every model by source, and the sources themselves. */
export function ModelsPanel(props: ModelsPanelProps) {
  const { list: all, current, only, inPage = false, children, onChoose, onDone } = props;
  const [adding, setAdding] = useState<'endpoint' | 'agent' | false>(props.adding ? 'endpoint' : false);
  const [added, setAdded] = useState(false);
  const list = only ? onlyOf(only, all) : all;
  const hasAgents = list.sources.some(({ kind }) => kind === 'agents');
  /** The focus goes to the button the form took the place of. */
  const back = (changed: boolean) => {
    setAdding(false);
    setAdded(true);
    if (changed) all.refresh();
  };
  if (adding)
    return (
      <div className="min-h-0 flex-1 overflow-y-auto p-3">
        {adding === 'agent' ? (
          <AgentForm onCancel={() => back(false)} onDone={() => back(true)} />
        ) : (
          <EndpointForm onCancel={() => back(false)} onDone={() => back(true)} />
        )}
      </div>
    );
  const sources = (
    <div
      className={cx(
        'flex flex-wrap items-center justify-between gap-1 border-line p-2',
        inPage ? 'border-b' : 'border-t',
      )}
    >
      <span className="flex flex-wrap gap-1">
        {only !== 'agents' && (
          <Button
            look="ghost"
            autoFocus={added}
            icon={<Plus size={15} />}
            onClick={() => setAdding('endpoint')}
          >
            {strings.addEndpoint}
          </Button>
        )}
        {hasAgents && (
          <Button
            look="ghost"
            autoFocus={added && only === 'agents'}
            icon={<Plus size={15} />}
            onPointerEnter={AgentForm.load}
            onClick={() => setAdding('agent')}
          >
            {strings.addAgent}
          </Button>
        )}
      </span>
      <Button
        look="ghost"
        icon={<RefreshCw size={15} className={list.refreshing ? 'animate-spin' : ''} />}
        aria-disabled={list.refreshing}
        onClick={list.refresh}
      >
        {list.refreshing ? strings.refreshing : only === 'agents' ? strings.refreshAgents : strings.refresh}
      </Button>
    </div>
  );
  // A page may be long: what its list is made of is not at its end.
  const [above, below] = inPage ? [sources, null] : [null, sources];
  return (
    <>
      {above}
      <ModelList {...{ list, current, inPage, onChoose, onDone }}>
        {only === 'agents' ? (
          <NoAgents list={list} />
        ) : (
          <ConnectHint list={list} onAdd={() => setAdding('endpoint')} />
        )}
      </ModelList>
      {children}
      {below}
    </>
  );
}

function NoAgents({ list: { models } }: { readonly list: ModelsView }) {
  return models.length === 0 ? <p className="px-2 text-muted text-sm">{strings.noAgents}</p> : null;
}

function onlyOf(only: AnswererKind, list: ModelsView): ModelsView {
  const sources = list.sources.filter(({ kind }) => (kind === 'agents') === (only === 'agents'));
  const ids = new Set(sources.map(({ id }) => id));
  return { ...list, sources, models: list.models.filter(({ ref }) => ids.has(ref.source)) };
}
