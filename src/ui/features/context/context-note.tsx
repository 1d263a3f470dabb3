import { useActions } from '../../../client/hooks/index.ts';
import { summaryPlace } from '../../actions/message/summaries.ts';
import { Button } from '../../components/index.ts';
import { announce } from '../../stores/announce.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { openModels } from '../../stores/models-dialog.ts';
import { toastFailure } from '../../stores/toasts.ts';
import type { MeterProps } from './context-meter.tsx';
import { usedWords } from './gauge.ts';
import * as strings from './strings.ts';
import { useGauge } from './use-gauge.ts';

/** Said before anything is sent: not all of it would be read, and what can be done. */
export function ContextNote({ picked, list: _, ...asked }: MeterProps) {
  const { settings } = useActions();
  const model = picked.kind === 'model' ? picked.model : undefined;
  const gauge = useGauge({ ...asked, model });
  const { view } = asked;
  // A message that waits to be sent says itself what is in its way.
  const can = view !== undefined && !asked.target && typeof summaryPlace(view) !== 'string';
  if (!model || view?.above !== undefined || view?.path.at(-1)?.kind === 'pending') return null;
  if (gauge.state === 'full' && can) return <NearlyFull model={model.name} />;
  if (gauge.state !== 'over') return null;
  const summarises = view?.header?.overflow === 'summarise' && can && !gauge.alone;
  const dropped = view?.header?.overflow === 'drop-oldest' && !gauge.alone;
  const [size, window] = [usedWords(gauge), model.window ?? 0];
  const limits = [window, gauge.room ?? window] as const;
  const drop = () => {
    if (!view) return;
    settings({ conversation: view.id, overflow: 'drop-oldest' }).then(
      () => announce(strings.oldestLeftOut),
      toastFailure,
    );
  };
  if (summarises)
    return <p className="mb-1.5 px-4 text-muted text-xs">{strings.willSummarise(model.name)}</p>;
  if (dropped)
    return (
      <p className="mb-1.5 px-4 text-muted text-xs">{strings.readsNewest(model.name, size, ...limits)}</p>
    );
  return (
    <div className="rising mb-2 flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-xl bg-warn-soft py-1.5 pr-1.5 pl-4 text-sm text-warn">
      <span className="min-w-0 flex-1 basis-60">
        {(gauge.alone ? strings.messageTooLarge : strings.allTooLarge)(size, model.name, ...limits)}
      </span>
      <span className="flex flex-wrap gap-1.5">
        {can && !gauge.alone && <Summarise />}
        {view && !gauge.alone && <Button onClick={drop}>{strings.leaveOutOldest}</Button>}
        <Button onClick={() => openModels()}>{strings.anotherModel}</Button>
      </span>
    </div>
  );
}

function Summarise() {
  return (
    <Button tip={strings.summariseMeans} onClick={() => openDialog({ kind: 'summary' })}>
      {strings.summarise}
    </Button>
  );
}

function NearlyFull({ model }: { readonly model: string }) {
  return (
    <p className="mb-1.5 flex flex-wrap items-center gap-x-2 px-4 text-muted text-xs">
      {strings.nearlyFull(model)}
      <Button
        look="text"
        className="px-1! text-xs!"
        tip={strings.summariseMeans}
        onClick={() => openDialog({ kind: 'summary' })}
      >
        {strings.summarise}
      </Button>
    </p>
  );
}
