import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import type { ModelsView } from '../../../../client/types.ts';
import type { Model } from '../../../../protocol/index.ts';
import type { ModelRef } from '../../../../tree/index.ts';
import { sameModel } from '../../../../tree/index.ts';
import { COARSE, isComposing, useMedia } from '../../../components/index.ts';
import { shownModels } from '../model-groups.ts';
import * as strings from '../strings-later.ts';
import { ModelSearch } from './model-search.tsx';
import { SourceGroup } from './source-group.tsx';

/** From so many models on there is a search. */
const SEARCH_FROM = 9;

interface ModelListProps {
  readonly list: ModelsView;
  readonly current: ModelRef | undefined;
  /** The page around it scrolls, not the list. */
  readonly inPage: boolean;
  readonly onChoose: (model: Model) => void;
  readonly onDone: (model: Model) => void;
  /** What stands below the list. */
  readonly children: ReactNode;
}

/** The models by source, with a search where there are many, and "All" where some are for something else than chats. */
export function ModelList({ list, current, inPage, onChoose, onDone, children }: ModelListProps) {
  const [filter, setFilter] = useState('');
  const [all, setAll] = useState(false);
  const coarse = useMedia(COARSE);
  const name = useId();
  const scroller = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!inPage) scroller.current?.querySelector(':checked')?.scrollIntoView?.({ block: 'center' });
  }, [inPage]);
  const { groups, absent, hidden } = shownModels(list, { filter, all, current });
  const searched = list.models.length >= SEARCH_FROM;
  const shown = groups.flatMap(({ models }) => models);
  const focused = shown.find(({ ref }) => sameModel(ref, current)) ?? shown[0];
  return (
    <>
      {(searched || hidden > 0 || all) && (
        <ModelSearch
          {...(searched && { filter, onFilter: setFilter, autoFocus: !coarse })}
          all={all}
          hidden={hidden}
          onAll={setAll}
          onKeyDown={(event) => {
            const first = shown[0];
            if (event.key !== 'Enter' || !first || isComposing(event.nativeEvent)) return;
            // It would press the button that has the focus once the dialog is closed.
            event.preventDefault();
            onDone(first);
          }}
        />
      )}
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto p-3">
        {list.status === 'error' && (
          <p role="alert" className="px-2 pb-3 text-danger text-sm">
            {list.error ?? strings.couldNotLoad}
          </p>
        )}
        {groups.map((group) => (
          <SourceGroup
            key={group.source.id}
            group={group}
            radios={{ name, current, focused: searched && !coarse ? undefined : focused, onChoose, onDone }}
            onChanged={list.refresh}
          />
        ))}
        {shown.length === 0 && filter.trim() !== '' && (
          <p className="px-2 text-muted text-sm">{strings.noneContains(filter.trim(), hidden)}</p>
        )}
        {absent.length > 0 && (
          <p className="px-2 pb-3 text-muted text-xs">
            {strings.notRunning(absent.map((source) => source.name).join(', '))}
          </p>
        )}
        {children}
      </div>
    </>
  );
}
