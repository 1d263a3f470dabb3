import { useEffect, useRef } from 'react';
import type { Hit } from '../../../protocol/find/find.ts';
import { nameOfAuthor } from '../../../protocol/index.ts';
import { asideOf, markOf, type Tree } from '../../../tree/index.ts';
import { momentText } from '../../components/date-text.ts';
import { Button, cx } from '../../components/index.ts';
import { Excerpt } from './excerpt.tsx';
import * as strings from './strings.ts';

interface HitListProps {
  readonly hits: readonly Hit[];
  readonly current: string | undefined;
  readonly tree: Tree;
  /** Ids on the visible path. */
  readonly path: ReadonlySet<string>;
  readonly onGo: (message: string) => void;
  readonly more: (() => void) | undefined;
}

/** What was found, in the order it was said: the words around it, by whom, and whether it is on another branch. */
export function HitList({ hits, current, tree, path, onGo, more }: HitListProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (current === undefined) return;
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  if (hits.length === 0) return null;
  return (
    <ul
      ref={list}
      aria-label={strings.foundList}
      className="max-h-[min(12rem,32dvh)] overflow-y-auto overscroll-contain border-line border-t p-1"
    >
      {hits.map((hit) => (
        <li key={hit.id}>
          <button
            type="button"
            aria-current={hit.id === current}
            onClick={() => onGo(hit.id)}
            className={cx(
              'block w-full rounded-lg px-2.5 py-1.5 text-left text-sm hover:bg-hover @min-[44rem]:flex @min-[44rem]:items-baseline @min-[44rem]:gap-4',
              hit.id === current && 'bg-leaf-soft',
            )}
          >
            <span className="line-clamp-2 min-w-0 flex-1 break-words text-ink @min-[44rem]:line-clamp-1">
              <Excerpt hit={hit} />
            </span>
            <span className="block shrink-0 truncate text-muted text-xs">{aboutOf(tree, hit.id, path)}</span>
          </button>
        </li>
      ))}
      {more && (
        <li className="p-1">
          <Button look="text" onClick={more}>
            {strings.showMore}
          </Button>
        </li>
      )}
    </ul>
  );
}

function aboutOf(tree: Tree, id: string, path: ReadonlySet<string>): string {
  const header = tree.messages.get(id);
  if (!header) return [tree.generations.get(id)?.name, strings.beingWritten].filter(Boolean).join(' · ');
  const { author, role, time } = header;
  const who = nameOfAuthor(author) || (role === 'system' ? strings.systemPrompt : strings.you);
  return [who, momentText(time), whereOf(tree, id, path)].filter(Boolean).join(' · ');
}

function whereOf(tree: Tree, id: string, path: ReadonlySet<string>): string {
  if (path.has(id)) return '';
  if (isHidden(tree, id)) return strings.hidden;
  return asideOf(tree, id) === undefined ? strings.onOtherBranch : strings.inAside;
}

function isHidden(tree: Tree, id: string): boolean {
  const { messages } = tree;
  for (let at: string | null | undefined = id; at; at = messages.get(at)?.parent) {
    if (markOf(tree, at).pruned) return true;
  }
  return false;
}
