import type { ReactNode } from 'react';
import { useActions } from '../../../client/hooks/index.ts';
import type { ConversationView, ModelsView } from '../../../client/types.ts';
import type { Model, Overflow } from '../../../protocol/index.ts';
import { summaryPlace } from '../../actions/message/summaries.ts';
import { numberText } from '../../components/amount-text.ts';
import { Button, Dialog } from '../../components/index.ts';
import { useChosen } from '../../components/use-chosen.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { usePage } from '../../stores/page.ts';
import { SummaryList } from '../summary/index.ts';
import { type Gauge, usedWords } from './gauge.ts';
import * as strings from './strings.ts';
import { Sums } from './token-sums.tsx';

interface ContextDialogProps {
  readonly gauge: Gauge;
  readonly model: Model;
  readonly list: ModelsView;
  /** Undefined: a chat that does not exist yet. */
  readonly view: ConversationView | undefined;
  readonly onClose: () => void;
}

/** What the meter means: how much the model would read, how much it can, what happens beyond, and what was used so far. */
export function ContextDialog({ gauge, model, list, view, onClose }: ContextDialogProps) {
  const page = usePage();
  return (
    <Dialog title={strings.contextAndCost} onClose={onClose}>
      <div className="min-h-0 flex-1 space-y-4 overflow-y-auto p-4 text-sm">
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
          <Fact name={strings.nextQuestion}>{strings.inTokens(usedWords(gauge))}</Fact>
          <Window gauge={gauge} model={model} />
          <NumCtx model={model} list={list} />
        </dl>
        <p className="text-muted">{HOW[gauge.how]}</p>
        {view && <Summarise view={view} gauge={gauge} onClose={onClose} />}
        {page && view && <SummaryList page={page} />}
        {view && <WhenFull view={view} model={model} />}
        {view && <Sums view={view} models={list.models} />}
      </div>
    </Dialog>
  );
}

/** From where it matters: there is little room left, or none. */
function Summarise({
  view,
  gauge,
  onClose,
}: Pick<ContextDialogProps, 'gauge' | 'onClose'> & { readonly view: ConversationView }) {
  const place = summaryPlace(view);
  if (gauge.state !== 'full' && gauge.state !== 'over') return null;
  const why = typeof place === 'string' ? place : undefined;
  const open = () => {
    if (why) return;
    onClose();
    openDialog({ kind: 'summary' });
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button aria-disabled={why !== undefined} tip={why} onClick={open}>
        {strings.summarise}
      </Button>
      <span className="min-w-40 flex-1 text-muted">{why ?? strings.summariseMeans}</span>
    </div>
  );
}

const HOW = {
  counted: strings.counted,
  about: strings.aboutCounted,
  least: strings.leastCounted,
} as const;

function Window({ gauge, model }: Pick<ContextDialogProps, 'gauge' | 'model'>) {
  const { window, room } = gauge;
  if (window === undefined || room === undefined)
    return <Fact name={strings.modelReads(model.name)}>{strings.readsUnknown}</Fact>;
  return (
    <>
      <Fact name={strings.modelReads(model.name)}>{strings.inTokens(numberText(window))}</Fact>
      <Fact name={strings.keptFree}>{strings.inTokens(numberText(window - room))}</Fact>
    </>
  );
}

/** Ollama cuts what is longer than `num_ctx` without a word: what is asked for is shown. */
function NumCtx({ model, list }: Pick<ContextDialogProps, 'model' | 'list'>) {
  const source = list.sources.find(({ id }) => id === model.ref.source);
  if (source?.kind !== 'ollama' || model.window === undefined) return null;
  return (
    <Fact name="num_ctx">
      {strings.numCtxBefore(model.window)} <code>num_ctx</code> {strings.numCtxAfter}
    </Fact>
  );
}

/** The conversation's choice for contexts that are larger than the window. */
function WhenFull({ view, model }: { readonly view: ConversationView; readonly model: Model }) {
  const { settings } = useActions();
  const [overflow, choose] = useChosen<Overflow | null>(view.header?.overflow ?? null, (overflow) =>
    settings({ conversation: view.id, overflow }),
  );
  if (model.window === undefined) return null;
  return (
    <fieldset>
      <legend className="pb-1 font-medium">{strings.whenLarger}</legend>
      <Choice checked={overflow === null} onChoose={() => choose(null)}>
        {strings.askFirst}
      </Choice>
      <Choice checked={overflow === 'summarise'} onChoose={() => choose('summarise')}>
        {strings.byItself}
      </Choice>
      <Choice checked={overflow === 'drop-oldest'} onChoose={() => choose('drop-oldest')}>
        {strings.leaveOut}
      </Choice>
    </fieldset>
  );
}

interface ChoiceProps {
  readonly checked: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

function Choice({ checked, onChoose, children }: ChoiceProps) {
  return (
    <label className="flex min-h-9 cursor-pointer items-center gap-3 rounded-lg px-2 hover:bg-hover">
      <input
        type="radio"
        name="overflow"
        checked={checked}
        onChange={onChoose}
        className="size-4 shrink-0 accent-leaf"
      />
      {children}
    </label>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </>
  );
}
