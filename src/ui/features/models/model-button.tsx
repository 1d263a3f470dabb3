import { ChevronDown } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ConversationView } from '../../../client/types.ts';
import { later, Spinner } from '../../components/index.ts';
import { openModels, useModelsDialog } from '../../stores/models-dialog.ts';
import * as strings from './strings.ts';
import type { CurrentModel } from './use-current-model.ts';

// Not part of the first load; fetched when the button is about to be pressed.
const ChooseModel = later(async () => (await import('./choose-model.tsx')).ChooseModel);

const ModelPopover = later(async () => (await import('./model-popover.tsx')).ModelPopover);

interface ModelButtonProps extends CurrentModel {
  /** The conversation the choice is for; undefined: a new one. */
  readonly view: ConversationView | undefined;
}

/** Says which model answers next and who serves it; opens those last used, or where there is nothing to choose from, all of it. */
export function ModelButton({ view, picked, list }: ModelButtonProps) {
  const wish = useModelsDialog();
  const button = useRef<HTMLButtonElement>(null);
  const [few, setFew] = useState(false);
  const model = picked.kind === 'model' ? picked.model : undefined;
  const name = model?.name ?? (picked.kind === 'gone' ? strings.notAvailable(picked.ref.id) : 'none');
  if (list.status === 'loading') return <Spinner className="m-3" label={strings.loading} />;
  return (
    <span className="flex min-w-0 items-baseline gap-1.5 text-sm">
      <button
        ref={button}
        type="button"
        aria-label={strings.model(name)}
        aria-expanded={few}
        aria-haspopup="dialog"
        data-tip={strings.choose}
        onPointerEnter={ModelPopover.load}
        onFocus={ModelPopover.load}
        onClick={() => (list.models.some(({ demo }) => !demo) ? setFew(!few) : openModels())}
        className="flex min-h-8 min-w-0 items-center gap-1 rounded-lg px-2 font-medium transition-colors hover:bg-hover"
      >
        <span className={model ? 'truncate' : 'truncate text-danger'}>
          {picked.kind === 'none' ? strings.noModel : name}
        </span>
        <ChevronDown size={14} className="shrink-0 text-muted" />
      </button>
      {model && !model.demo && (
        <span className="shrink-[9999] truncate text-muted text-xs">
          {strings.onSource(model.sourceName)}
        </span>
      )}
      {few && (
        <ModelPopover
          button={button}
          {...{ view, list }}
          current={model?.ref}
          onClose={() => setFew(false)}
        />
      )}
      {wish && <ChooseModel wish={wish} view={view} list={list} current={model?.ref} />}
    </span>
  );
}
