import type { Model } from '../../../protocol/index.ts';
import { Spinner } from '../../components/index.ts';
import { announce } from '../../stores/announce.ts';
import { type AnswererKind, ModelsPanel } from './models-panel.tsx';
import * as strings from './strings-later.ts';
import { Temperature } from './temperature.tsx';
import { useCurrentModel } from './use-current-model.ts';
import { useSettings } from './use-settings.ts';

/** Who answers in new chats, and where models or agents come from. */
export function ModelSettings({ only }: { readonly only: AnswererKind }) {
  const { picked, list } = useCurrentModel(undefined);
  const { temperature, setModel, setTemperature } = useSettings(undefined, undefined);
  const choose = (model: Model) => {
    setModel(model.ref);
    announce(strings.chosen(model.name));
  };
  const isOff = only === 'agents' && !list.sources.some(({ kind }) => kind === 'agents');
  if (list.status === 'loading') return <Spinner label={strings.loadingModels} />;
  if (isOff) return <p className="text-muted text-sm">{strings.agentsOff}</p>;
  return (
    <>
      <p className="mb-3 text-muted text-sm">
        {only === 'models' ? strings.modelOfNewChats : strings.agentOfNewChats}
      </p>
      {only === 'models' && (
        <div className="mb-3 rounded-xl border border-line bg-surface *:border-t-0">
          <Temperature value={temperature} onChange={setTemperature} />
        </div>
      )}
      <div className="rounded-xl border border-line bg-surface">
        <ModelsPanel
          inPage
          list={list}
          only={only}
          current={picked.kind === 'model' ? picked.model.ref : undefined}
          onChoose={choose}
          onDone={choose}
        />
      </div>
    </>
  );
}
