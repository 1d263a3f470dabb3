import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useAccess, useActions } from '../../../client/hooks/index.ts';
import type { ConversationView } from '../../../client/types.ts';
import { type ModelRef, sameModel } from '../../../tree/index.ts';
import { isElsewhere, nameOfModel } from '../../actions/who-answers.ts';
import type { CurrentModel } from '../../features/models/index.ts';
import { type OpenPage, type PageToFind, useAsPage } from '../../stores/page.ts';

type PageWays = Pick<OpenPage, 'goTo' | 'made' | 'withdraw'>;

/**
 * Shows the conversation to actions, menus and keys as the page they are for. While only the end of the path is there, find alone sees it: what is
 * done with messages (hiding, comparing, going to a version) would be done to a part of the tree.
 */
export function useOpenPage(
  view: ConversationView,
  model: CurrentModel,
  { selected, goTo, made, withdraw }: PageWays & Pick<OpenPage, 'selected'>,
): void {
  const client = useActions();
  const { readOnly } = useAccess();
  const isComing = view.above !== undefined;
  const answering = useAnswering(model);
  const page = useMemo(
    () => (isComing ? undefined : { view, client, readOnly, selected, ...answering, goTo, made, withdraw }),
    [isComing, view, client, readOnly, selected, answering, goTo, made, withdraw],
  );
  useAsPage(page, usePageToFindFirst(view, selected, goTo));
}

/** What actions have to know of models: the one that answers next, and what there is of others. */
function useAnswering({ picked, chosen, list: { models, sources, removed } }: CurrentModel) {
  const model = picked.kind === 'model' ? picked.model.ref : undefined;
  return useMemo(
    () => ({
      ...{ model, chosen },
      nameOf: (ref: ModelRef) => nameOfModel(models, ref),
      isElsewhere: (ref: ModelRef) => isElsewhere({ sources, removed }, ref),
      agentOf: (ref: ModelRef) => models.find((one) => sameModel(one.ref, ref))?.agent,
    }),
    [model, chosen, models, sources, removed],
  );
}

/** While only the end of the path is there: where one wants to go waits for the rest. */
function usePageToFindFirst(
  view: ConversationView,
  selected: string | null,
  goTo: PageToFind['goTo'],
): PageToFind | undefined {
  const wanted = useRef<Parameters<typeof goTo>>(undefined);
  const isComing = view.above !== undefined;
  const goLater: typeof goTo = useCallback((...place) => {
    wanted.current = place;
  }, []);
  useEffect(() => {
    if (isComing || !wanted.current) return;
    const place = wanted.current;
    wanted.current = undefined;
    goTo(...place);
  }, [isComing, goTo]);
  return useMemo(
    () => (isComing ? { view, selected, goTo: goLater } : undefined),
    [isComing, view, selected, goLater],
  );
}
