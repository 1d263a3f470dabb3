import { Check } from 'lucide-react';
import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { ConversationView, ModelsView } from '../../../client/types.ts';
import type { Model } from '../../../protocol/index.ts';
import { type ModelRef, sameModel } from '../../../tree/index.ts';
import { Button, cx, isComposing } from '../../components/index.ts';
import { lower, raiseBeside } from '../../components/layers/top-layer.ts';
import { useDismiss } from '../../components/layers/use-dismiss.ts';
import { announce } from '../../stores/announce.ts';
import { useModelChoices } from '../../stores/browser/model-choice.ts';
import { openModels } from '../../stores/models-dialog.ts';
import { shownModels } from './model-groups.ts';
import { pickedFew } from './pick-few.ts';
import * as strings from './strings-later.ts';
import { useSettings } from './use-settings.ts';

interface ModelPopoverProps {
  readonly button: RefObject<HTMLButtonElement | null>;
  /** Undefined: a chat that does not exist yet. */
  readonly view: ConversationView | undefined;
  readonly list: ModelsView;
  readonly current: ModelRef | undefined;
  readonly onClose: () => void;
}

/** Of those found at most so many. */
const MOST = 30;

/** The models last used and a search, above the button; all else is in the dialog "Models". */
export function ModelPopover({ button, view, list, current, onClose }: ModelPopoverProps) {
  const id = useId();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const found = useFoundModels(list, words, current);
  const index = Math.min(at, found.length - 1);
  const panel = usePanelAbove(button);
  useDismiss([panel, button], onClose);
  const { setModel } = useSettings(view?.id, view?.header);
  const close = () => {
    onClose();
    button.current?.focus();
  };
  const choose = (model: Model | undefined) => {
    if (!model) return;
    if (!sameModel(model.ref, current)) {
      setModel(model.ref);
      announce(strings.chosen(model.name));
    }
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    const { key } = event;
    if (key === 'Escape') close();
    else if (key === 'ArrowDown') setAt((index + 1) % Math.max(1, found.length));
    else if (key === 'ArrowUp') setAt((index - 1 + found.length) % Math.max(1, found.length));
    else if (key === 'Enter' && event.target instanceof HTMLInputElement) choose(found[index]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={panel}
      popover="manual"
      role="dialog"
      aria-label={strings.choose}
      onKeyDown={onKeyDown}
      className="rising fixed inset-auto m-0 w-[min(22rem,calc(100vw-1.5rem))] rounded-xl border border-line bg-surface p-1.5 text-ink text-sm shadow-raised"
    >
      <input
        role="combobox"
        aria-label={strings.findModel}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={index >= 0 ? `${id}-${index}` : undefined}
        placeholder={strings.findModel}
        value={words}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
        className="mb-1 h-9 w-full rounded-lg border border-line-strong bg-paper px-3"
      />
      <FoundModels {...{ id, found, index, current }} onPoint={setAt} onChoose={choose} />
      <div className="mt-1 border-line border-t pt-1">
        <Button
          look="ghost"
          className="w-full justify-start! text-ink!"
          onClick={() => {
            close();
            openModels();
          }}
        >
          {strings.allModels}
        </Button>
      </div>
    </div>
  );
}

/** Without words those used last, and some to begin with. */
function useFoundModels(list: ModelsView, words: string, current: ModelRef | undefined): readonly Model[] {
  const recent = useModelChoices((choices) => choices.recent);
  if (words.trim() === '') return pickedFew(list.models, recent ?? [], current);
  const { groups } = shownModels(list, { filter: words });
  return groups.flatMap(({ models }) => models).slice(0, MOST);
}

/** Above the button, its field focused, and what is chosen in it in sight. */
function usePanelAbove(button: RefObject<HTMLButtonElement | null>): RefObject<HTMLDivElement | null> {
  const panel = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = panel.current;
    if (!element || !button.current) return;
    raiseBeside(element, button.current, { side: 'above' });
    element.querySelector('input')?.focus();
    return () => lower(element);
  }, [button]);
  useEffect(() => {
    panel.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  return panel;
}

interface FoundModelsProps {
  /** Of the list; an option's is this with its place. */
  readonly id: string;
  readonly found: readonly Model[];
  /** Of the one that Enter chooses. */
  readonly index: number;
  readonly current: ModelRef | undefined;
  readonly onPoint: (index: number) => void;
  readonly onChoose: (model: Model) => void;
}

function FoundModels({ id, found, index, current, onPoint, onChoose }: FoundModelsProps) {
  return (
    <div id={id} role="listbox" aria-label={strings.lastUsed} className="h-52 overflow-y-auto">
      {found.length === 0 && <p className="px-2.5 py-2 text-muted">{strings.noneMatches}</p>}
      {found.map((model, place) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text field has the keys
        <div
          key={`${model.ref.source} ${model.ref.id}`}
          id={`${id}-${place}`}
          role="option"
          tabIndex={-1}
          aria-selected={place === index}
          onClick={() => onChoose(model)}
          onPointerMove={() => onPoint(place)}
          className={cx(
            'flex min-h-9 cursor-pointer items-center gap-2 rounded-lg px-2.5 py-1',
            place === index && 'bg-hover',
          )}
        >
          <span className="min-w-0 truncate">{model.name}</span>
          <span className="min-w-0 truncate text-muted text-xs">{model.sourceName}</span>
          {sameModel(model.ref, current) && (
            <Check size={15} aria-label={strings.inUse} className="ml-auto shrink-0 text-leaf" />
          )}
        </div>
      ))}
    </div>
  );
}
