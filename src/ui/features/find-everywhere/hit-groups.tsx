import { Fragment, type MouseEvent } from 'react';
import type { EverywhereView } from '../../../client/hooks/use-found-everywhere.ts';
import type { EverywhereHit } from '../../../protocol/find/everywhere.ts';
import { momentText } from '../../components/date-text.ts';
import { dirOf } from '../../components/direction.ts';
import { Link } from '../../components/index.ts';
import { Excerpt } from '../find/index.ts';
import { markWords, routeTo } from './open-hit.ts';
import * as strings from './strings.ts';

interface HitGroupsProps {
  readonly found: Pick<EverywhereView, 'hits' | 'conversations'>;
  readonly words: string;
}

/** What was found, by conversation: the words around it, by whom, when, on which branch. A press goes there. */
export function HitGroups({ found: { hits, conversations }, words }: HitGroupsProps) {
  return groupsOf(hits).map(([id, inside]) => {
    const { title, archived } = conversations.get(id) ?? { title: '' };
    const name = title || strings.untitled;
    return (
      <section key={id} aria-label={name} className="mt-5">
        <h2 dir={dirOf(name)} className="flex items-baseline gap-2 px-3 font-medium">
          <span className="min-w-0 truncate">{name}</span>
          {archived && <span className="shrink-0 text-muted text-xs">{strings.archived}</span>}
        </h2>
        <ul className="mt-1">
          {inside.map((hit) => (
            <li key={hit.id}>
              <Link
                to={routeTo(hit)}
                data-hit
                onClick={(event) => isPlain(event) && markWords(hit, words)}
                className="block rounded-lg px-3 py-1.5 hover:bg-hover focus-visible:bg-hover"
              >
                <span dir={dirOf(hit.excerpt)} className="line-clamp-2 break-words text-sm">
                  <Excerpt hit={hit} />
                </span>
                <span className="block truncate text-muted text-xs">
                  {aboutOf(hit).map((part, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: words in a fixed order
                    <Fragment key={at}>
                      {at > 0 && ' · '}
                      <bdi>{part}</bdi>
                    </Fragment>
                  ))}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
    );
  });
}

/** It opens here, in no other tab. */
const isPlain = ({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean =>
  !metaKey && !ctrlKey && !shiftKey && !altKey;

/** In the order in which each was met first; the newest of each first. */
function groupsOf(hits: readonly EverywhereHit[]): readonly (readonly [string, readonly EverywhereHit[]])[] {
  const groups = new Map<string, EverywhereHit[]>();
  for (const hit of hits) groups.set(hit.conversation, [...(groups.get(hit.conversation) ?? []), hit]);
  for (const inside of groups.values()) inside.sort((a, b) => b.time - a.time);
  return [...groups];
}

/** Who, when, where: for the page, and the line of a hit in the palette. */
export function aboutOf(hit: EverywhereHit): readonly string[] {
  const { author, role, time, branch, labels = [], pruned, aside, star } = hit;
  return [
    author ?? (role === 'system' ? strings.systemPrompt : strings.you),
    momentText(time),
    ...labels,
    branch !== undefined && labels.length === 0 ? strings.branch(branch) : '',
    star ? strings.starred : '',
    pruned ? strings.hidden : '',
    aside ? strings.aside : '',
  ].filter((part) => part !== '');
}
