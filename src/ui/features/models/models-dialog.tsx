import { RefreshCw } from 'lucide-react';
import { useId, useState } from 'react';
import type { ModelsView } from '../../../client/types.ts';
import type { Model } from '../../../protocol/index.ts';
import type { ModelRef } from '../../../tree/index.ts';
import { Button, COARSE, Dialog, useMedia } from '../../components/index.ts';
import { ConnectHint } from './connect-hint.tsx';
import { ModelOption } from './model-option.tsx';
import { ModelProblems } from './model-problems.tsx';
import { groupBySource, sameModel } from './pick-model.ts';

const FILTER_FROM = 9;

interface ModelsDialogProps {
  readonly list: ModelsView;
  readonly current: ModelRef | undefined;
  readonly onChoose: (model: Model) => void;
  readonly onClose: () => void;
}

/** Every model by source. Arrows choose, a press or Enter chooses and closes. */
export function ModelsDialog({ list, current, onChoose, onClose }: ModelsDialogProps) {
  const [filter, setFilter] = useState('');
  const coarse = useMedia(COARSE);
  const name = useId();
  const groups = groupBySource(list.models, filter);
  const filtered = list.models.length >= FILTER_FROM;
  const focused = list.models.find((model) => sameModel(model.ref, current)) ?? list.models[0];
  const choose = (model: Model) => {
    onChoose(model);
    onClose();
  };
  return (
    <Dialog title="Models" onClose={onClose}>
      {filtered && (
        <div className="border-line border-b p-3">
          <input
            type="search"
            aria-label="Filter models"
            placeholder="Filter models"
            data-autofocus={!coarse || undefined}
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            onKeyDown={(event) => {
              const first = groups[0]?.models[0];
              if (event.key === 'Enter' && first && !event.nativeEvent.isComposing) choose(first);
            }}
            className="h-9 w-full rounded-lg border border-line-strong bg-paper px-3 text-sm"
          />
        </div>
      )}
      <div className="min-h-0 flex-1 overflow-y-auto p-3">
        {list.status === 'error' && (
          <p role="alert" className="px-2 pb-3 text-danger text-sm">
            {list.error ?? 'The models could not be loaded.'}
          </p>
        )}
        {groups.map((group) => (
          <fieldset key={group.source} className="mb-3">
            <legend className="px-2 pb-1 font-medium text-muted text-xs">{group.source}</legend>
            {group.models.map((model) => (
              <ModelOption
                key={`${model.ref.source}\n${model.ref.id}`}
                model={model}
                name={name}
                checked={sameModel(model.ref, current)}
                focused={!filtered && model === focused}
                onChoose={onChoose}
                onDone={onClose}
              />
            ))}
          </fieldset>
        ))}
        {groups.length === 0 && filter !== '' && (
          <p className="px-2 text-muted text-sm">No model contains “{filter.trim()}”.</p>
        )}
        <ModelProblems problems={list.problems} />
        <ConnectHint list={list} />
      </div>
      <footer className="flex items-center justify-end border-line border-t p-2">
        <Button look="ghost" icon={<RefreshCw size={15} />} onClick={list.refresh}>
          Ask the sources again
        </Button>
      </footer>
    </Dialog>
  );
}
