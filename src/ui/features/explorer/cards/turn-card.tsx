import type { NodeProps } from '@xyflow/react';
import { memo, use } from 'react';
import { useReply } from '../../../../client/hooks/index.ts';
import { openQuestion, textOf } from '../../../../protocol/index.ts';
import type { Generation } from '../../../../tree/index.ts';
import { dirOf } from '../../../components/direction.ts';
import { cx } from '../../../components/index.ts';
import { useIsPicked } from '../../../stores/picked.ts';
import { AskingContext } from '../scene/asking-context.ts';
import type { TurnView } from '../scene/diagram-model.ts';
import { CHIP } from '../scene/geometry.ts';
import { WasHereMark } from '../scene/marks.tsx';
import { BranchesOn } from './branch-items.tsx';
import { CardActions } from './card-actions.tsx';
import { CardLine } from './card-line.tsx';
import { CardQuestion } from './card-question.tsx';
import { useExplorer } from './explorer-context.ts';
import type { TurnNode } from './flow-elements.ts';
import { ReplyChips } from './reply-chips.tsx';
import { UpperEdge } from './upper-edge.tsx';

/** A turn: the prompt's line, the chosen reply's first lines, a chip per reply. Everything goes there on a click. */
export const TurnCard = memo(function TurnCard({ data: { view } }: NodeProps<TurnNode>) {
  const picked = useIsPicked(view.id);
  const asking = use(AskingContext);
  return (
    <div
      data-card={view.id}
      className={cx(
        'group/card relative flex size-full flex-col rounded-xl border px-3 pt-1 pb-1.5 text-left text-[13px]',
        view.onPath ? 'border-line-strong bg-surface' : 'border-line bg-sunken',
        view.writing && 'border-warn ring-1 ring-warn',
        view.here && !view.next && 'outline-2 outline-leaf outline-dashed',
        view.next && 'outline-2 outline-leaf',
        picked && 'ring-2 ring-hit ring-offset-1',
      )}
      style={view.badges.colour && { borderLeft: `4px solid var(--branch-${view.badges.colour})` }}
    >
      <Lines view={view} />
      <UpperEdge
        id={view.id}
        badges={view.badges}
        live={view.chips.filter(({ live }) => live).length}
        asks={view.chips.some(({ id }) => asking.has(id))}
        here={view.here}
        next={view.next}
        version={view.version}
      />
      <div className="mt-auto flex min-h-6 items-center gap-2">
        {hasChips(view) && <ReplyChips chips={view.chips} />}
        {view.badges.model && view.chips.length < CHIP.most && (
          <span className="min-w-0 truncate text-[11px] text-muted" data-tip={view.badges.model}>
            {view.badges.model}
          </span>
        )}
        {view.ways > 1 && <BranchesOn turn={view.id} count={view.ways} />}
      </div>
      {view.back && <WasHereMark />}
      <CardActions view={view} />
      {view.writing && <CardQuestion generation={view.writing} />}
    </div>
  );
});

/** A lone "1" says nothing, unless by its colour. */
const hasChips = ({ chips, badges }: TurnView): boolean =>
  chips.length > 1 || chips.some(({ live }) => live) || badges.broken === 'failed';

function Lines({ view }: { readonly view: TurnView }) {
  const { goTo } = useExplorer();
  return (
    <button
      type="button"
      tabIndex={-1}
      className="nopan block w-full text-left leading-[18px]"
      onClick={() => goTo(view.shown ?? view.id, view.id)}
    >
      <span className="block truncate font-medium text-ink leading-5" dir={dirOf(view.prompt ?? '')}>
        {view.prompt ? <CardLine preview={view.prompt} /> : 'Reply'}
      </span>
      <span className="line-clamp-2 text-muted contain-content" dir="auto">
        {view.writing ? <LiveLine generation={view.writing} /> : <Reply view={view} />}
      </span>
    </button>
  );
}

const SILENCES: Readonly<Record<NonNullable<TurnView['silence']>, string>> = {
  unasked: 'No reply was asked for',
  stopped: 'Stopped before a word came',
  interrupted: 'Interrupted before a word came',
  failed: 'The reply failed',
};

function Reply({ view: { reply, silence } }: { readonly view: TurnView }) {
  return silence ? SILENCES[silence] : <CardLine preview={reply} />;
}

const TAIL = 60;

/** The last words of a reply being written. Only this line renders when words come. */
function LiveLine({ generation }: { readonly generation: Generation }) {
  const { conversation } = useExplorer();
  const { parts } = useReply(conversation, generation);
  const asks = openQuestion(parts);
  if (asks) return <>Asks you: {asks.title}</>;
  const text = textOf(parts)
    .slice(-2 * TAIL)
    .replace(/\s+/g, ' ');
  return <>{text ? `… ${text.slice(-TAIL)}▌` : 'Thinking…'}</>;
}
