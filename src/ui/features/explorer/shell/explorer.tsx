import { useEffect, useMemo, useState } from 'react';
import type { ConversationView } from '../../../../client/types.ts';
import { type Turns, withAsides, withPruned } from '../../../../tree/index.ts';
import { useGrowing, useSoonValue } from '../../../components/index.ts';
import { useAsides } from '../../../stores/aside.ts';
import { useErrand } from '../../../stores/errands.ts';
import { lookAway, useFadedHeads } from '../../../stores/rewound.ts';
import { useNextMessage } from '../../../stores/writing/next-message.ts';
import { Outline } from '../outline/outline.tsx';
import { AskingContext, askingIn } from '../scene/asking-context.ts';
import { indexOfMessage } from '../scene/scene.ts';
import { useDiagram, useTurns } from '../scene/use-diagram.ts';
import * as strings from '../strings.ts';
import { LoadedDiagram, TreeWaiting } from './load-diagram.tsx';
import { PickedBar } from './picked-bar.tsx';
import { useTreeMenu } from './use-tree-menu.ts';

interface ExplorerProps {
  readonly view: ConversationView;
  /** The message the reader is at. */
  readonly selected: string | null;
  /** Go to `message`; `at` is where to read from, where that is another message of the same turn. */
  readonly onSelect: (message: string, at?: string) => void;
  /** `diagram`: beside the chat; `both`: the whole page; `outline`: on a phone. */
  readonly show: 'diagram' | 'both' | 'outline';
}

/**
 * The tree of a conversation: diagram and outline, in step. Beside the chat the outline is there for keyboard and screen reader only;
 * the card its focus stands on is marked on the canvas.
 */
export function Explorer({ view: given, selected: at, onSelect, show }: ExplorerProps) {
  // After the thread: both within one task would be a long one where thousands are shown.
  const { whole, selected } = useSoonValue(useMemo(() => ({ whole: given, selected: at }), [given, at]));
  const inTree = useAsides((asides) => asides.inTree);
  const faded = useFadedHeads(whole);
  const view = useMemo(() => {
    const tree = withPruned(whole.tree, faded);
    return inTree || tree !== whole.tree ? { ...whole, tree: inTree ? withAsides(tree) : tree } : whole;
  }, [inTree, whole, faded]);
  useLookingAway(whole.id, faded);
  const turns = useTurns(view);
  if (!turns) return <TreeWaiting />;
  return <Drawn {...{ view, turns, selected, onSelect, show }} />;
}

interface DrawnProps extends ExplorerProps {
  readonly turns: Turns;
}

/** In a task each, after what is shown and where: the diagram, the outline. */
const [DIAGRAM, OUTLINE] = [1, 2];

function Drawn({ view, turns, selected, onSelect, show }: DrawnProps) {
  const drawn = useGrowing(1, () => OUTLINE);
  // Where the outline goes elsewhere it is drawn anew, after what makes room for it.
  const hasOutline = useSoonValue(show) === show && drawn >= OUTLINE;
  const beside = show === 'both' ? 'w-88 shrink-0 border-line border-r' : 'flex-1';
  const diagram = useDiagram(view, turns, selected);
  const next = useNextMessage(view);
  const [cursor, setCursor] = useState<string | null>(null);
  const menu = useTreeMenu(view.id);
  const { scene, unfold } = diagram;
  useErrand('fold', (message) => {
    const card = scene.cards[(indexOfMessage(scene, message) ?? 0) - 1];
    if (card) unfold(card.run, card.id, card.kind === 'turn' ? 'folded' : 'unfolded');
  });
  useErrand('unfold-everything', diagram.unfoldAll);
  useErrand('fold-again', diagram.refold);
  const empty = scene.count === 0;
  const { header, tree } = view;
  const asking = useMemo(() => askingIn({ ...(header && { header }), tree }), [header, tree]);
  return (
    <AskingContext value={asking}>
      <section aria-label={strings.tree} className="flex min-h-0 min-w-0 flex-1 flex-col" {...menu}>
        <div className="relative flex min-h-0 flex-1">
          {empty && <p className="m-auto px-6 text-muted text-sm">{strings.nothingYet}</p>}
          {!empty && show !== 'diagram' && !hasOutline && <div className={beside} />}
          {!empty && show !== 'diagram' && hasOutline && (
            <Outline
              view={view}
              diagram={diagram}
              selected={selected}
              next={next}
              onSelect={onSelect}
              onCursor={setCursor}
              alone={show === 'outline'}
              inPlaceOfThread
              className={beside}
            />
          )}
          {!empty && show !== 'outline' && (
            <div className="relative flex min-w-0 flex-1">
              {show === 'diagram' && hasOutline && (
                <div className="pointer-events-none absolute inset-0 flex opacity-0">
                  <Outline
                    view={view}
                    diagram={diagram}
                    selected={selected}
                    next={next}
                    onSelect={onSelect}
                    onCursor={setCursor}
                    className="flex-1"
                  />
                </div>
              )}
              {drawn >= DIAGRAM && (
                <LoadedDiagram
                  conversation={view.id}
                  diagram={diagram}
                  selected={selected}
                  next={next}
                  cursor={cursor}
                  live={view.live !== undefined}
                  onSelect={onSelect}
                />
              )}
            </div>
          )}
        </div>
        <PickedBar conversation={view.id} />
      </section>
    </AskingContext>
  );
}

/** What is faded has been looked away from when the path goes elsewhere, and when the tree is closed. */
function useLookingAway(conversation: string, faded: readonly string[]): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: to another conversation is away, too
  useEffect(() => (faded.length > 0 ? lookAway : undefined), [conversation, faded]);
}
