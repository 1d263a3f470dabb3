import { useState } from 'react';
import type { Model } from '../../../../protocol/index.ts';
import type { ModelRef } from '../../../../tree/index.ts';
import { sameModel } from '../../../../tree/index.ts';
import { AgentRemoval } from '../agents/agent-removal.tsx';
import { EndpointForm } from '../forms/endpoint-form.tsx';
import type { ModelGroup } from '../model-groups.ts';
import { ModelOption } from './model-option.tsx';
import { SourceState } from './source-state.tsx';

interface SourceGroupProps {
  readonly group: ModelGroup;
  readonly radios: {
    readonly name: string;
    readonly current: ModelRef | undefined;
    /** Has the focus when the dialog opens. */
    readonly focused: Model | undefined;
    readonly onChoose: (model: Model) => void;
    readonly onDone: (model: Model) => void;
  };
  /** The source was changed or removed: the list has to be asked for again. */
  readonly onChanged: () => void;
}

/** A source: what it is, how it is, and its models. A person's own is changed in its place. */
export function SourceGroup({ group: { source, models }, radios, onChanged }: SourceGroupProps) {
  const [editing, setEditing] = useState<boolean>();
  if (editing)
    return (
      <EndpointForm
        source={source}
        onCancel={() => setEditing(false)}
        onDone={() => {
          setEditing(false);
          onChanged();
        }}
      />
    );
  return (
    <fieldset className="mb-3 min-w-0">
      <legend className="w-full px-2 pb-1 font-medium text-sm">{source.name}</legend>
      <SourceState
        source={source}
        count={models.length}
        edited={editing === false}
        onEdit={() => setEditing(true)}
        onChanged={onChanged}
      />
      {models.map((model) => (
        <div key={model.ref.id} className="flex items-center gap-1">
          <div className="min-w-0 flex-1">
            <ModelOption
              model={model}
              name={radios.name}
              checked={sameModel(model.ref, radios.current)}
              focused={model === radios.focused}
              onChoose={radios.onChoose}
              onDone={radios.onDone}
            />
          </div>
          {model.agent && model.agent.state !== 'found' && (
            <AgentRemoval model={model} onRemoved={onChanged} />
          )}
        </div>
      ))}
    </fieldset>
  );
}
