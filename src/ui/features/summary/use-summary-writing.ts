import { useCallback, useEffect, useRef, useState } from 'react';
import { useBough } from '../../../client/hooks/index.ts';
import { writeSummary } from '../../../client/summaries.ts';
import type { SummaryLine, SummaryRequest } from '../../../protocol/requests/summaries.ts';
import type { Usage } from '../../../tree/index.ts';

/** A summary while it is written. */
export interface Draft {
  readonly text: string;
  /** `reading`: asked, nothing came yet. `written`: to its end. `stopped`: by the person. */
  readonly state: 'idle' | 'reading' | 'writing' | 'written' | 'stopped' | 'failed';
  /** Which part of the conversation is being read, where it goes in parts. */
  readonly part?: { readonly n: number; readonly of: number };
  readonly problem?: string;
  /** What it took. */
  readonly usage?: Usage;
  /** The text is the model's, word for word. */
  readonly own: boolean;
}

/** The next state of a draft. Pure. */
function withLine(draft: Draft, line: SummaryLine): Draft {
  switch (line.kind) {
    case 'part':
      return { ...draft, text: '', state: 'reading', part: { n: line.n, of: line.of } };
    case 'text':
      return { ...draft, text: draft.text + line.text, state: 'writing' };
    case 'done': {
      const { part, ...rest } = draft;
      return { ...rest, text: draft.text.trim(), state: 'written', ...(line.usage && { usage: line.usage }) };
    }
    case 'failed':
      return { ...draft, state: 'failed', problem: line.sentence };
  }
}

/** @param text what the draft begins with */
export function useSummaryWriting(text: string) {
  const { http } = useBough();
  const [draft, setDraft] = useState<Draft>({ text, state: 'idle', own: false });
  const asking = useRef<AbortController>(undefined);
  const stop = useCallback(() => asking.current?.abort(), []);
  // Whatever closes the dialog ends it at the provider, too.
  useEffect(() => stop, [stop]);

  const write = async (request: SummaryRequest) => {
    stop();
    const controller = new AbortController();
    asking.current = controller;
    const now = (next: (draft: Draft) => Draft) =>
      setDraft((draft) => (asking.current === controller ? next(draft) : draft));
    now(() => ({ text: '', state: 'reading', own: true }));
    try {
      for await (const line of writeSummary(http, request, controller.signal))
        now((draft) => withLine(draft, line));
      if (controller.signal.aborted)
        now((draft) => ({ ...draft, text: draft.text.trim(), state: 'stopped' }));
    } catch (error) {
      now((draft) => ({ ...draft, state: 'failed', problem: (error as Error).message }));
    }
  };
  const change = (words: string) =>
    setDraft(({ text: _, problem: __, own: ___, ...draft }) => ({ ...draft, text: words, own: false }));
  return { draft, write, stop, change };
}
