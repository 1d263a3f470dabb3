import { useCallback, useMemo, useRef, useState } from 'react';
import type { ConversationView } from '../../../client/types.ts';
import { type DiagramModel, diagramOf, emptyDiagram } from './diagram-model.ts';
import { usePathIds } from './use-path-ids.ts';

export type Folding = ReadonlyMap<string, 'folded' | 'unfolded'>;

export interface DiagramState {
  readonly model: DiagramModel;
  readonly path: readonly string[];
  /** What a person unfolded; the same on the canvas and in the outline. */
  readonly chosen: Folding;
  readonly unfold: (run: string, card: string) => void;
  /** Folds again what was unfolded. */
  readonly refold: () => void;
  /** The card last unfolded: it stays in its place on the screen. */
  readonly touched: string | undefined;
}

interface Unfolded {
  readonly chosen: Folding;
  readonly touched?: string;
}

const none: Unfolded = { chosen: new Map() };

/** The diagram of a view. Derived anew when the tree, the path or the folding changed; never for live text. */
export function useDiagram(view: ConversationView, selected: string | null): DiagramState {
  const path = usePathIds(view);
  const [{ chosen, touched }, setUnfolded] = useState(none);
  const previous = useRef(emptyDiagram);
  const { tree, header } = view;
  const title = header?.title?.text ?? 'New chat';
  const model = useMemo(() => {
    const next = diagramOf({ tree, title, path, selected, chosen }, previous.current);
    previous.current = next;
    return next;
  }, [tree, title, path, selected, chosen]);
  const unfold = useCallback((run: string, card: string) => {
    setUnfolded((was) => ({ chosen: new Map(was.chosen).set(run, 'unfolded'), touched: card }));
  }, []);
  const refold = useCallback(() => setUnfolded(none), []);
  return { model, path, chosen, unfold, refold, touched };
}
