import { useMemo, useRef } from 'react';
import { useActions } from '../../../client/hooks/index.ts';
import type { ConversationView, SendChange } from '../../../client/types.ts';
import { childrenOf, type ModelRef } from '../../../tree/index.ts';
import { whoAnswersAgain } from '../../actions/who-answers.ts';
import type { CardActs } from '../../features/explorer/cards/card-acts.ts';
import { wishEdit } from '../../stores/edits.ts';
import { requestFocus } from '../../stores/focus.ts';
import { showPanes, usePanes } from '../../stores/panes.ts';
import { dropTarget, setTarget } from '../../stores/target.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';
import { onRefused } from '../../stores/too-large.ts';

interface CardActsOptions {
  readonly view: ConversationView;
  /** The model the composer would ask. */
  readonly model: ModelRef | undefined;
  /** Chosen since the last reply was asked for. */
  readonly chosen: ModelRef | undefined;
  readonly goTo: (message: string, at?: string) => void;
  readonly show: (message: string) => void;
}

/** Edit, Regenerate, Stop and Fork from a card of the tree. Where only the tree is shown, the thread comes beside it for what is written there. */
export function useCardActs(options: CardActsOptions): CardActs {
  const { regenerate, stop } = useActions();
  const latest = useRef(options);
  latest.current = options;
  return useMemo(() => {
    return {
      edit: (prompt, shown) => {
        showThread();
        latest.current.goTo(shown ?? prompt, prompt);
        wishEdit(prompt);
      },
      regenerate: (parent, shown) => {
        const { view, show } = latest.current;
        const model = whoAnswersAgain(latest.current, view.tree, shown);
        if (!model)
          return toastFailure(new Error('No model is there to answer. Choose one below the message box.'));
        const ask = (change: SendChange): void =>
          void regenerate({ conversation: view.id, parent, model, ...change }).then(
            ({ reply }) => show(reply),
            (error: unknown) => onRefused(error, (other) => ask({ ...change, ...other })),
          );
        ask({});
      },
      stop: (reply) => void stop(latest.current.view.id, reply).catch(toastFailure),
      fork: (reply, words) => {
        const { view, goTo } = latest.current;
        showThread();
        goTo(reply);
        if (childrenOf(view.tree, reply).length > 0) return setTarget(view.id, { message: reply, words });
        dropTarget(view.id);
        toast('Nothing follows here yet: your next message goes on from this one.');
        requestFocus('composer');
      },
    };
  }, [regenerate, stop]);
}

function showThread(): void {
  if (usePanes.getState().panes === 'tree') showPanes('split');
}
