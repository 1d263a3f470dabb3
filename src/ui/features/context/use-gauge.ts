import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { draftSize } from '../../../client/folds/context-size.ts';
import { useContextSize } from '../../../client/hooks/conversation/use-context-size.ts';
import type { ConversationView } from '../../../client/types.ts';
import type { Model } from '../../../protocol/index.ts';
import { emptyTree, type Tree } from '../../../tree/index.ts';
import { readyFiles, useAttachments } from '../../stores/writing/attachments.ts';
import { useDraft } from '../../stores/writing/drafts.ts';
import { useQuotes } from '../../stores/writing/quotes.ts';
import type { Target } from '../../stores/writing/target.ts';
import { type Gauge, gaugeOf } from './gauge.ts';

export interface GaugeInput {
  /** Undefined: a chat that does not exist yet. */
  readonly view: ConversationView | undefined;
  /** What the text and the files being written are kept by. */
  readonly draft: string;
  /** Where the question goes, when that is not the end of the path. */
  readonly target: Target | undefined;
  readonly model: Model | undefined;
}

export interface Measured extends Gauge {
  /** The draft alone is too large: leaving out what was said before does not help. */
  readonly alone: boolean;
}

/** How full the window of the model is with what is being written. */
export function useGauge({ view, draft, target, model }: GaugeInput): Measured {
  const tip = target ? target.message : (view?.tip ?? null);
  const read = useRead(view?.id, view?.tree ?? emptyTree, tip);
  const size = useContextSize({ ...read, model: model?.ref });
  const text = useRested(useDraft(draft));
  const attachments = useAttachments(draft);
  const quotes = useQuotes(draft);
  const typed = useMemo(() => draftSize(text, readyFiles(attachments), quotes), [text, attachments, quotes]);
  const gauge = gaugeOf(size, typed, model?.window);
  return { ...gauge, alone: gauge.room !== undefined && typed > gauge.room };
}

const NOTHING = { conversation: undefined, tree: emptyTree, tip: null };

/** What would be read, measured once what one reads and writes in is drawn: a long path takes a while. */
function useRead(conversation: string | undefined, tree: Tree, tip: string | null) {
  const read = useMemo(() => ({ conversation, tree, tip }), [conversation, tree, tip]);
  return useDeferredValue(read, NOTHING);
}

/** A text this long, in characters, is measured when nobody has typed for `REST` ms. */
const LONG = 20_000;
const REST = 300;

/** Measuring costs what a text is long, too much for every key in a long one: of that, the text as it was when typing paused. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  const long = text.length > LONG;
  useEffect(() => {
    if (!long) return;
    const timer = setTimeout(() => setRested(text), REST);
    return () => clearTimeout(timer);
  }, [text, long]);
  return long ? rested : text;
}
