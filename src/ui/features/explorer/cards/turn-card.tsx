import type { NodeProps } from '@xyflow/react';
import { memo, use } from 'react';
import { useAnswering, useReply } from '../../../../client/hooks/index.ts';
import { openQuestion, type QuestionPart, textOf } from '../../../../protocol/index.ts';
import { plainLine } from '../../../../protocol/reading/first-line.ts';
import type { Generation } from '../../../../tree/index.ts';
import { dirOf } from '../../../components/direction.ts';
import { cx } from '../../../components/index.ts';
import { ChoiceGroup } from '../../../components/questions/choice-group.tsx';
import { useIsPicked } from '../../../stores/picked.ts';
import { AskingContext } from '../scene/asking-context.ts';
import type { TurnView } from '../scene/diagram-model.ts';
import { CHIP } from '../scene/geometry.ts';
import * as strings from '../strings.ts';
import { BranchesOn } from './branch-items.tsx';
import { CardActions } from './card-actions.tsx';
import { CardLine } from './card-line.tsx';
import { isOwn, useExplorer } from './explorer-context.ts';
import type { TurnNode } from './flow-elements.ts';
import { Rail, railRows } from './rail.tsx';
import { ReplyChips } from './reply-chips.tsx';

/** A turn: the prompt's line, the chosen reply's first lines, a chip per reply. Everything goes there on a click. */
export const TurnCard = memo(function TurnCard({ data: { view } }: NodeProps<TurnNode>) {
  const picked = useIsPicked(view.id);
  const asking = use(AskingContext);
  const { goTo } = useExplorer();
  const rail = {
    ...{ badges: view.badges, here: view.here, next: view.next, back: view.back, version: view.version },
    live: view.chips.filter(({ live }) => live).length,
    asks: view.chips.some(({ id }) => asking.has(id)),
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the outline has the keys
    // biome-ignore lint/a11y/noStaticElementInteractions: what is said of it is a button; the rest of the card is for the pointer
    <div
      data-card={view.id}
      onClick={(event) => isOwn(event) && goTo(view.shown ?? view.id, view.id)}
      className={cx(
        'group/card relative flex size-full cursor-pointer flex-col rounded-xl border px-3 pt-1 pb-1 text-left text-[13px]',
        view.onPath ? 'border-line-strong bg-surface' : 'border-line bg-sunken',
        view.aside && 'border-line-strong border-dashed',
        view.faded && 'opacity-50',
        view.writing && 'border-warn ring-1 ring-warn',
        view.here && !view.next && 'outline-2 outline-leaf outline-dashed',
        view.next && 'outline-2 outline-leaf',
        picked && 'border-hit! bg-hit-soft! ring-2 ring-hit',
      )}
      style={view.badges.colour && { borderLeft: `4px solid var(--branch-${view.badges.colour})` }}
    >
      <Rail id={view.id} {...rail} />
      <Lines view={view} rows={railRows(rail)} />
      <div className="mt-auto flex min-h-6 items-center gap-2">
        {hasChips(view) && <ReplyChips chips={view.chips} />}
        {view.badges.model && view.chips.length < CHIP.most && (
          <span className="min-w-0 truncate text-[11px] text-muted" data-tip={view.badges.model}>
            {view.badges.model}
          </span>
        )}
        {view.ways > 1 && <BranchesOn turn={view.id} count={view.ways} />}
      </div>
      <CardActions view={view} />
      {view.writing && <CardQuestion generation={view.writing} />}
    </div>
  );
});

/** A lone "1" says nothing, unless by its colour. */
const hasChips = ({ chips, badges }: TurnView): boolean =>
  chips.length > 1 || chips.some(({ live }) => live) || badges.broken === 'failed';

/** Lines of the reply, by how many rows of marks stand above them: three leave room for none. */
const CLAMPS = ['line-clamp-3', 'line-clamp-2', 'line-clamp-1'];

function Lines({ view, rows }: { readonly view: TurnView; readonly rows: number }) {
  const { goTo } = useExplorer();
  return (
    <button
      type="button"
      tabIndex={-1}
      className="nopan block w-full text-left leading-[18px]"
      onClick={() => goTo(view.shown ?? view.id, view.id)}
    >
      <span className="block truncate font-medium text-ink leading-5" dir={dirOf(view.prompt ?? '')}>
        {view.prompt ? <CardLine preview={view.prompt} /> : strings.reply}
      </span>
      <span className={cx('text-muted contain-content', CLAMPS[rows] ?? 'hidden')} dir="auto">
        {view.writing ? <LiveLine generation={view.writing} /> : <Reply view={view} />}
      </span>
    </button>
  );
}

const SILENCES: Readonly<Record<NonNullable<TurnView['silence']>, string>> = {
  unasked: strings.noReplyAsked,
  wordless: strings.noWords,
  stopped: strings.stoppedEarly,
  interrupted: strings.interruptedEarly,
  failed: strings.replyFailed,
};

function Reply({ view: { reply, silence } }: { readonly view: TurnView }) {
  return silence ? SILENCES[silence] : <CardLine preview={reply} />;
}

const TAIL = 60;
/** What is written last is read from this far back: marks and formulas go away. */
const LOOK = 400;

/** The last words of a reply being written. Only this line renders when words come. */
function LiveLine({ generation }: { readonly generation: Generation }) {
  const { conversation } = useExplorer();
  const { parts } = useReply(conversation, generation);
  const asks = openQuestion(parts);
  if (asks) return <>{strings.asks(asks.title)}</>;
  const said = textOf(parts);
  const text = plainLine(said.length > LOOK ? `…${said.slice(-LOOK)}` : said);
  return <>{text ? `${text.length > TAIL ? '… ' : ''}${text.slice(-TAIL)}▌` : strings.thinking}</>;
}

/** What the reply of a card asks, below it, to be answered there. */
function CardQuestion({ generation }: { readonly generation: Generation }) {
  const { conversation } = useExplorer();
  const { parts, end } = useReply(conversation, generation);
  const question = end ? undefined : openQuestion(parts);
  return question ? <Asked key={question.id} question={question} reply={generation.id} /> : null;
}

function Asked({ question, reply }: { readonly question: QuestionPart; readonly reply: string }) {
  const choose = useAnswering(useExplorer().conversation, reply);
  return (
    <div className="absolute inset-x-0 top-full mt-2 rounded-xl bg-surface shadow-raised">
      <ChoiceGroup
        question={question}
        scope={reply}
        open
        small
        onChoose={choose && ((option, values) => choose(question.id, option, values))}
      />
    </div>
  );
}
