import { useState } from 'react';
import { useBough } from '../../../client/hooks/index.ts';
import { type SummaryToSay, saySummary } from '../../../client/summaries.ts';
import { childrenOf } from '../../../tree/index.ts';
import { currentPage, type OpenPage } from '../../stores/page.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';
import { offerUndo } from '../../stores/undo.ts';
import * as strings from './strings.ts';

/** Says a summary, shows the path through it, and offers the way back. */
export function useSaySummary(page: OpenPage) {
  const { http } = useBough();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const say = async (summary: Omit<SummaryToSay, 'conversation'>, done: (message: string) => void) => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const { message } = await saySummary(http, { conversation: page.view.id, ...summary });
      page.made(message, summary.after);
      offerUndo(strings.said, () => void takeBack(page, message, summary.after), page.view.id);
      done(message);
    } catch (error) {
      setBusy(false);
      setProblem((error as Error).message);
    }
  };
  return { say, busy, problem };
}

/** What was said after it would go with it, so it goes only while nothing was. */
async function takeBack(before: OpenPage, message: string, after: string): Promise<void> {
  const page = currentPage() ?? before;
  const isHere = page.view.id === before.view.id;
  if (isHere && childrenOf(page.view.tree, message).length > 0) {
    toast(strings.followed);
    return;
  }
  try {
    if (isHere) page.withdraw(after);
    await before.client.mark(before.view.id, [{ message, pruned: true }]);
  } catch (error) {
    toastFailure(error);
  }
}
