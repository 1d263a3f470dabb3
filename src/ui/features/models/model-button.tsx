import { ChevronDown } from 'lucide-react';
import type { ConversationView } from '../../../client/types.ts';
import { later, Spinner } from '../../components/index.ts';
import { openModels, useModelsDialog } from '../../stores/models-dialog.ts';
import * as strings from './strings.ts';
import type { CurrentModel } from './use-current-model.ts';

// Not part of the first load; fetched when the button is about to be pressed.
const ChooseModel = later(async () => (await import('./choose-model.tsx')).ChooseModel);

interface ModelButtonProps extends CurrentModel {
  /** The conversation the choice is for; undefined: a new one. */
  readonly view: ConversationView | undefined;
}

/** Says which model answers next and who serves it; opens the list of models. */
export function ModelButton({ view, picked, list }: ModelButtonProps) {
  const wish = useModelsDialog();
  const model = picked.kind === 'model' ? picked.model : undefined;
  const name = model?.name ?? (picked.kind === 'gone' ? strings.notAvailable(picked.ref.id) : 'none');
  if (list.status === 'loading') return <Spinner className="m-3" label={strings.loading} />;
  return (
    <span className="flex min-w-0 items-baseline gap-1.5 text-sm">
      <button
        type="button"
        aria-label={strings.model(name)}
        aria-haspopup="dialog"
        data-tip={strings.choose}
        onPointerEnter={ChooseModel.load}
        onFocus={ChooseModel.load}
        onClick={() => openModels()}
        className="flex min-h-8 min-w-0 items-center gap-1 rounded-lg px-2 font-medium transition-colors hover:bg-hover"
      >
        <span className={model ? 'truncate' : 'truncate text-danger'}>
          {picked.kind === 'none' ? strings.noModel : name}
        </span>
        <ChevronDown size={14} className="shrink-0 text-muted" />
      </button>
      {model && !model.demo && (
        <span className="truncate text-muted text-xs">{strings.onSource(model.sourceName)}</span>
      )}
      {wish && <ChooseModel wish={wish} view={view} list={list} current={model?.ref} />}
    </span>
  );
}
