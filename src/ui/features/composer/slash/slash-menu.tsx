import { type RefObject, useEffect, useEffectEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { dirOf } from '../../../components/direction.ts';
import { cx, isComposing, Spinner } from '../../../components/index.ts';
import { lower, raiseBeside } from '../../../components/layers/top-layer.ts';
import { useDismiss } from '../../../components/layers/use-dismiss.ts';
import { announce } from '../../../stores/announce.ts';
import type { SlashGroup, SlashPlace, SlashQuery, SlashSource } from '../../../stores/writing/slash.ts';
import { agentCommandSource, mentionSource } from '../../models/later.ts';
import { promptSource } from '../../prompts/later.ts';
import * as strings from '../strings-later.ts';
import { foundItems, inserted, slashAt } from './slash-query.ts';

/** Groups in their order. A source is a feature's own, from its `later.ts`; nothing else here knows them. */
const SOURCES: readonly SlashSource[] = [agentCommandSource, promptSource, mentionSource];

const sourcesFor = (sign: SlashQuery['sign'], isAgent: boolean): readonly SlashSource[] =>
  SOURCES.filter((source) => (source.sign ?? '/') === sign && (isAgent || !source.agents));

export interface SlashMenuProps extends SlashPlace {
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly onText: (text: string) => void;
}

/** What can be inserted, above the message box while a word that begins with a slash, or with an at to an agent, is typed; the focus stays in the box. */
export function SlashMenu(props: SlashMenuProps) {
  const { box, text } = props;
  const caret = useCaret(box, text);
  const [dismissed, setDismissed] = useState<number>();
  const query = slashAt(text, caret);
  const isAgent = props.model?.agent !== undefined;
  if (!query || query.start === dismissed) return null;
  const sources = sourcesFor(query.sign, isAgent);
  if (sources.length === 0) return null;
  return (
    <OpenMenu
      key={`${query.sign} ${isAgent}`}
      {...props}
      query={query}
      sources={sources}
      onDismiss={() => setDismissed(query.start)}
    />
  );
}

function useCaret(box: RefObject<HTMLTextAreaElement | null>, text: string): number {
  const [caret, setCaret] = useState(text.length);
  useLayoutEffect(() => setCaret(box.current?.selectionStart ?? text.length), [box, text]);
  useEffect(() => {
    const moved = () => {
      if (document.activeElement === box.current) setCaret(box.current?.selectionStart ?? 0);
    };
    document.addEventListener('selectionchange', moved);
    return () => document.removeEventListener('selectionchange', moved);
  }, [box]);
  return caret;
}

/** One line of the list: an item, or what ends a group. */
interface SlashChoice {
  readonly key: string;
  readonly name: string;
  readonly about?: string | undefined;
  readonly run: () => void;
}

interface ShownGroup {
  readonly heading: string;
  readonly choices: readonly SlashChoice[];
  readonly note: string | undefined;
  readonly loading: boolean;
}

interface OpenMenuProps extends SlashMenuProps {
  readonly query: SlashQuery;
  /** The same ones, in the same order, for as long as it is open. */
  readonly sources: readonly SlashSource[];
  readonly onDismiss: () => void;
}

function OpenMenu({ box, text, onText, query, sources, onDismiss, view, model }: OpenMenuProps) {
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const [at, setAt] = useState({ words: query.words, index: 0 });
  const insert = (words: string) => {
    const next = inserted(text, query, words);
    onText(next.text);
    // After the box has its new text.
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  const groups = useGroups(sources, { view, model }, query)
    .map(({ heading, group }) => shownGroup(heading, group, query, insert))
    .filter((group) => group !== undefined);
  const choices = groups.flatMap((group) => group.choices);
  const index = at.words === query.words ? Math.min(at.index, choices.length - 1) : 0;
  const move = (to: number) => setAt({ words: query.words, index: (to + choices.length) % choices.length });
  const nothing = groups.length === 0;
  useBoxKeys(box, !nothing, {
    move: (by) => move(index + by),
    choose: () => choices[index]?.run(),
    dismiss: onDismiss,
    some: choices.length > 0,
  });
  useDismiss([list, box], onDismiss);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element || !box.current) return;
    raiseBeside(element, box.current, { side: 'above', gap: 8 });
    return () => lower(element);
  });
  const active = choices[index]?.key;
  useNamedBy(box, nothing ? undefined : id, active === undefined ? undefined : `${id}-${active}`);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  const count = choices.length;
  useEffect(() => announce(strings.slashChoices(count)), [count]);
  if (nothing) return null;
  return (
    <div
      ref={list}
      id={id}
      popover="manual"
      role="listbox"
      aria-label={strings.insert}
      className="fixed inset-auto m-0 max-h-[min(20rem,45dvh)] w-[min(30rem,calc(100vw-1.5rem))] overflow-y-auto rounded-xl border border-line bg-surface p-1 text-ink text-sm shadow-raised"
    >
      {groups.map(({ heading, choices: own, note, loading }) => (
        // biome-ignore lint/a11y/useSemanticElements: no fields of a form
        <div key={heading} role="group" aria-label={heading}>
          <p aria-hidden className="px-2.5 pt-1.5 pb-0.5 font-medium text-muted text-xs">
            {heading}
          </p>
          {loading && <Spinner className="m-2" label={strings.loading} />}
          {note && <p className="px-2.5 py-1 text-muted">{note}</p>}
          {own.map(({ key, name, about, run }) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the box has the focus and the keys
            <div
              key={key}
              id={`${id}-${key}`}
              role="option"
              tabIndex={-1}
              aria-selected={key === active}
              onPointerMove={() =>
                setAt({ words: query.words, index: choices.findIndex((one) => one.key === key) })
              }
              onMouseDown={(event) => event.preventDefault()}
              onClick={run}
              className={cx(
                'flex min-h-9 cursor-pointer items-baseline gap-2 rounded-lg px-2.5 py-1.5',
                key === active && 'bg-hover',
              )}
            >
              <span className="min-w-0 max-w-[60%] shrink-0 truncate font-medium" dir={dirOf(name)}>
                {name}
              </span>
              {about && (
                <span className="min-w-0 truncate text-muted text-xs" dir={dirOf(about)}>
                  {about}
                </span>
              )}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

/** They and their order never change while the menu is open, so each is called as a hook is. */
function useGroups(sources: readonly SlashSource[], place: SlashPlace, query: SlashQuery) {
  // biome-ignore lint/correctness/useHookAtTopLevel: as many, in the same order, with every render
  return sources.map(({ heading, useGroup }) => ({ heading, group: useGroup(place, query) }));
}

/** What of a group is shown for what was typed; undefined: nothing. */
function shownGroup(
  heading: string,
  { items, empty, more }: SlashGroup,
  { words }: SlashQuery,
  insert: (words: string) => void,
): ShownGroup | undefined {
  const loading = items === undefined;
  const note = items?.length === 0 && words === '' ? empty : undefined;
  const choices: SlashChoice[] = foundItems(items ?? [], words).map(({ id, name, about, text }) => ({
    ...{ key: `${heading}-${id}`, name, about },
    run: () => insert(text),
  }));
  if (choices.length === 0 && note === undefined && !(loading && words === '')) return undefined;
  if (more && words === '') {
    const run = () => {
      insert('');
      more.run();
    };
    choices.push({ key: `${heading}-more`, name: more.name, run });
  }
  return { heading, choices, note, loading };
}

interface BoxKeys {
  readonly move: (by: number) => void;
  readonly choose: () => void;
  readonly dismiss: () => void;
  /** There is something to choose. */
  readonly some: boolean;
}

/** Before the box itself takes them: React hears of keys only at the root of the page. */
function useBoxKeys(box: RefObject<HTMLTextAreaElement | null>, open: boolean, keys: BoxKeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const { key } = event;
    if (key === 'Escape') keys.dismiss();
    else if (!keys.some) return;
    else if (key === 'ArrowDown') keys.move(1);
    else if (key === 'ArrowUp') keys.move(-1);
    else if (key === 'Enter' || key === 'Tab') keys.choose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    const element = box.current;
    if (!open || !element) return;
    const listener = (event: KeyboardEvent) => onKey(event);
    element.addEventListener('keydown', listener);
    return () => element.removeEventListener('keydown', listener);
  }, [box, open]);
}

/** The box says which list it has and what of it would be chosen. */
function useNamedBy(
  box: RefObject<HTMLTextAreaElement | null>,
  list: string | undefined,
  active: string | undefined,
): void {
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || list === undefined) return;
    element.setAttribute('aria-autocomplete', 'list');
    element.setAttribute('aria-controls', list);
    if (active === undefined) element.removeAttribute('aria-activedescendant');
    else element.setAttribute('aria-activedescendant', active);
    return () => {
      for (const name of ['aria-autocomplete', 'aria-controls', 'aria-activedescendant'])
        element.removeAttribute(name);
    };
  }, [box, list, active]);
}
