import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { bySteps } from '../../../../client/kit/slices.ts';
import type { ConversationView, PathEntry } from '../../../../client/types.ts';
import {
  type Chosen,
  type FoldState,
  selectionFolds,
  type Turns,
  turnsBySteps,
  turnsOf,
} from '../../../../tree/index.ts';
import * as strings from '../strings.ts';
import { type Scene, type SceneInput, sceneOf } from './scene.ts';
import { loadFolding, saveFolding } from './stored-folding.ts';
import { useLooked } from './use-looked.ts';

type Folding = ReadonlyMap<string, Chosen>;

export interface DiagramState {
  readonly scene: Scene;
  readonly turns: Turns;
  readonly path: readonly string[];
  /** What a person folded or unfolded; the same on the canvas and in the outline. */
  readonly chosen: Folding;
  /** Everything is shown turn by turn. */
  readonly all: boolean;
  readonly unfold: (run: string, card: string, how?: Chosen) => void;
  /** Takes back what was folded and unfolded. */
  readonly refold: () => void;
  readonly unfoldAll: () => void;
  /** The card last folded or unfolded: it stays in its place on the screen. */
  readonly touched: string | undefined;
}

interface Unfolded {
  readonly conversation: string;
  readonly chosen: Folding;
  readonly all: boolean;
  readonly touched?: string;
}

/** The diagram of a view. Derived anew when the tree, the path or the folding changed; never for live text. */
export function useDiagram(view: ConversationView, turns: Turns, selected: string | null): DiagramState {
  const path = usePathIds(view);
  const { id, tree, header } = view;
  const [unfolded, setUnfolded] = useState<Unfolded>(() => opened(id));
  const { chosen, all, touched } = unfolded.conversation === id ? unfolded : opened(id);
  const looked = useLooked(id, tree);
  const onPath = useSameSet(useMemo(() => new Set(path), [path]));
  const folding = useFolding({ turns, path, chosen, all, selected });
  const title = header?.title?.text ?? strings.newChat;
  const scene = useScene(id, { turns, title, path: onPath, folding, looked });
  const change = useCallback(
    (make: (was: Unfolded) => Unfolded) =>
      setUnfolded((was) => {
        const next = make(was.conversation === id ? was : opened(id));
        saveFolding(id, next.chosen);
        return next;
      }),
    [id],
  );
  const unfold = useCallback(
    (run: string, card: string, how: Chosen = 'unfolded') =>
      change((was) => ({ ...was, chosen: new Map(was.chosen).set(run, how), touched: card })),
    [change],
  );
  const refold = useCallback(
    () => change(() => ({ conversation: id, chosen: new Map(), all: false })),
    [change, id],
  );
  const unfoldAll = useCallback(() => change((was) => ({ ...was, chosen: new Map(), all: true })), [change]);
  return { scene, turns, path, chosen, all, unfold, refold, unfoldAll, touched };
}

const opened = (conversation: string): Unfolded => ({
  conversation,
  chosen: loadFolding(conversation),
  all: false,
});

/** A smaller tree is grouped at once. */
const LARGE = 1000;

interface TurnsMade {
  readonly id: string;
  readonly turns: Turns;
}

/** The turns of a conversation, made of those before. Those of a large one are made step by step at first: undefined until then. */
export function useTurns({ id, tree }: Pick<ConversationView, 'id' | 'tree'>): Turns | undefined {
  const [first, setFirst] = useState<TurnsMade>();
  const before = useRef<TurnsMade>(undefined);
  const known = [before.current, first].find((made) => made?.id === id);
  const isComing = !known && tree.messages.size > LARGE;
  const latest = useRef(tree);
  latest.current = tree;
  useEffect(() => {
    if (!isComing) return;
    let isLeft = false;
    void bySteps(turnsBySteps(latest.current)).then((turns) => !isLeft && setFirst({ id, turns }));
    return () => {
      isLeft = true;
    };
  }, [id, isComing]);
  return useMemo(() => {
    if (isComing) return undefined;
    const turns = turnsOf(tree, known?.turns);
    if (turns !== known?.turns) before.current = { id, turns };
    return turns;
  }, [id, tree, known, isComing]);
}

/** Made of the scene before: most cards stay as they were and where they were. */
function useScene(id: string, { turns, title, path, folding, looked }: SceneInput): Scene {
  const before = useRef<{ readonly id: string; readonly scene: Scene }>(undefined);
  return useMemo(() => {
    const known = before.current?.id === id ? before.current.scene : undefined;
    const scene = sceneOf({ turns, title, path, folding, looked }, known);
    before.current = { id, scene };
    return scene;
  }, [id, turns, title, path, folding, looked]);
}

/** The set of before while it has the same in it: what is made of it is still good then. */
function useSameSet(set: ReadonlySet<string>): ReadonlySet<string> {
  const kept = useRef(set);
  const was = kept.current;
  const same = was.size === set.size && [...set].every((id) => was.has(id));
  if (!same) kept.current = set;
  return kept.current;
}

interface FoldingInput {
  readonly turns: Turns;
  readonly path: readonly string[];
  readonly chosen: Folding;
  readonly all: boolean;
  readonly selected: string | null;
}

/** The same while nothing that is folded depends on what changed: reading on in the thread folds nothing. */
function useFolding({ turns, path, chosen, all, selected }: FoldingInput): FoldState {
  const here = selected === null ? null : (turns.turnOf.get(selected) ?? null);
  const onPath = useSameSet(
    useMemo(
      () => new Set(path.map((message) => turns.turnOf.get(message)).filter((turn) => turn !== undefined)),
      [path, turns],
    ),
  );
  const plain = useMemo(() => ({ path: onPath, selected: null, chosen, all }), [onPath, chosen, all]);
  const around = useMemo(
    () => (here !== null && selectionFolds(turns, { ...plain, selected: here }) ? here : null),
    [turns, plain, here],
  );
  return useMemo(() => ({ ...plain, selected: around }), [plain, around]);
}

/** Ids of the messages and replies on the visible path; pending ones are not in the tree yet. */
function usePathIds({ path }: ConversationView): readonly string[] {
  return useMemo(() => path.map(idOf).filter((id) => id !== null), [path]);
}

function idOf(entry: PathEntry): string | null {
  if (entry.kind === 'message') return entry.header.id;
  return entry.kind === 'pending' ? null : entry.generation.id;
}
