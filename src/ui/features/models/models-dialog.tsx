import { Plus, RefreshCw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ModelsView } from '../../../client/types.ts';
import type { Model } from '../../../protocol/index.ts';
import type { ModelRef } from '../../../tree/index.ts';
import { sameModel } from '../../../tree/index.ts';
import { Button, Dialog, later } from '../../components/index.ts';
import { ConnectHint } from './connect-hint.tsx';
import { EndpointForm } from './forms/endpoint-form.tsx';
import { ModelList } from './list/model-list.tsx';
import * as strings from './strings-later.ts';

const AgentForm = later(async () => (await import('./forms/agent-form.tsx')).AgentForm);

interface ModelsDialogProps {
  readonly title?: string;
  readonly list: ModelsView;
  readonly current: ModelRef | undefined;
  /** Opens with the form for another endpoint. Default: false. */
  readonly adding?: boolean;
  /** What else is chosen here, below the list. */
  readonly children?: ReactNode;
  /** Called once, when the dialog closes with another model than `current`, or when one was pressed. */
  readonly onChoose: (model: Model) => void;
  readonly onClose: () => void;
}

/** Every model by source, and the sources themselves. Arrows choose, a press or Enter chooses and closes. */
export function ModelsDialog(props: ModelsDialogProps) {
  const { title = strings.models, list, current, children, onChoose, onClose } = props;
  const [adding, setAdding] = useState<'endpoint' | 'agent' | false>(props.adding ? 'endpoint' : false);
  const hasAgents = list.sources.some(({ kind }) => kind === 'agents');
  const [added, setAdded] = useState(false);
  const [chosen, setChosen] = useState<Model>();
  /** The focus goes to the button the form took the place of. */
  const back = (changed: boolean) => {
    setAdding(false);
    setAdded(true);
    if (changed) list.refresh();
  };
  const done = (model: Model) => {
    onClose();
    onChoose(model);
  };
  const close = () => {
    onClose();
    if (chosen && !sameModel(chosen.ref, current)) onChoose(chosen);
  };
  return (
    <Dialog title={title} onClose={close}>
      {adding ? (
        <div className="min-h-0 flex-1 overflow-y-auto p-3">
          {adding === 'agent' ? (
            <AgentForm onCancel={() => back(false)} onDone={() => back(true)} />
          ) : (
            <EndpointForm onCancel={() => back(false)} onDone={() => back(true)} />
          )}
        </div>
      ) : (
        <>
          <ModelList list={list} current={chosen?.ref ?? current} onChoose={setChosen} onDone={done}>
            <ConnectHint list={list} onAdd={() => setAdding('endpoint')} />
          </ModelList>
          {children}
          <footer className="flex flex-wrap items-center justify-between gap-1 border-line border-t p-2">
            <span className="flex flex-wrap gap-1">
              <Button
                look="ghost"
                autoFocus={added}
                icon={<Plus size={15} />}
                onClick={() => setAdding('endpoint')}
              >
                {strings.addEndpoint}
              </Button>
              {hasAgents && (
                <Button
                  look="ghost"
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
              {list.refreshing ? strings.refreshing : strings.refresh}
            </Button>
          </footer>
        </>
      )}
    </Dialog>
  );
}
