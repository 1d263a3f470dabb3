import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { cx, Dialog, isComposing } from '../../components/index.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { matching } from './ranked.ts';
import * as strings from './strings.ts';

export interface PaletteEntry {
  readonly id: string;
  /** Its heading, said beside it. */
  readonly group: string;
  readonly name: string;
  readonly icon: ReactNode;
  readonly keys?: string;
  /** Who and when, under a name that is what somebody said; why it cannot be done now. */
  readonly about?: string;
  /** It cannot be done now: choosing it says why. Default: it can. */
  readonly disabled?: boolean;
  /** It is there once words ask for it. Default: at once. */
  readonly asked?: boolean;
  /** Instead of the name, where it is drawn otherwise. */
  readonly drawn?: ReactNode;
  readonly run: () => void;
}

/** Chats shown before anything is typed. */
export const FIRST_CHATS = 6;

interface ChooserProps {
  readonly title: string;
  readonly placeholder: string;
  readonly entries: readonly PaletteEntry[];
  /** What follows those that answer, whatever it is called; it comes when it was found. */
  readonly found?: readonly PaletteEntry[];
  /** What stands at the end. */
  readonly last?: readonly PaletteEntry[];
  /** It is being looked for. */
  readonly finding?: boolean;
  readonly onWords?: (words: string) => void;
  /** What the list is called, and what it says where it has nothing. Default: as in the palette. */
  readonly label?: string;
  readonly nothing?: string;
  /** Where nothing is chosen. Default: closes it. */
  readonly onCancel?: (() => void) | undefined;
}

/** A list of what can be chosen, by a few letters of its name. */
export function Chooser(props: ChooserProps) {
  const { title, placeholder, entries, found: after = none, last = none, finding } = props;
  const {
    onWords,
    onCancel = closeDialog,
    label = strings.chatsAndActions,
    nothing = strings.nothing,
  } = props;
  const [words, setWords] = useState('');
  /** What was moved to; it stays chosen while it is among what is found. */
  const [chosen, setChosen] = useState<string>();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const matches = useMemo(() => matching(entries, words), [entries, words]);
  const found = [...matches.answers, ...after, ...matches.alike, ...last];
  const known = found.findIndex((entry) => entry.id === chosen);
  const current = found.length === 0 ? -1 : Math.max(0, known);
  const setAt = (to: number) => setChosen(found[to]?.id);
  useEffect(() => {
    list.current?.querySelector(`[data-at="${current}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const run = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    closeDialog();
    // After the dialog has given the focus back, so that the action may move it on.
    setTimeout(entry.run);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    const to = moved(event.key, current, found.length);
    if (to !== undefined) setAt(to);
    else if (event.key === 'Enter') run(found[current]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={title} onClose={onCancel}>
      <input
        data-autofocus
        role="combobox"
        aria-label={title}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={found.length > 0 ? `${id}-${current}` : undefined}
        placeholder={placeholder}
        value={words}
        autoComplete="off"
        spellCheck={false}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setWords(event.target.value);
          onWords?.(event.target.value);
        }}
        className="min-h-12 shrink-0 border-line border-b bg-transparent px-4 outline-none placeholder:text-muted"
      />
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={label}
        // As high whatever is found: the field and what is chosen do not move under hand and eye.
        className="h-[min(28rem,60dvh)] overflow-y-auto p-1.5"
      >
        {found.length === 0 && !finding && <p className="px-2.5 py-2 text-muted text-sm">{nothing}</p>}
        {found.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text field has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the text field has the focus
          <div
            key={entry.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            aria-disabled={entry.disabled}
            data-at={index}
            onClick={() => run(entry)}
            onPointerMove={() => setAt(index)}
            className={cx(
              'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 text-sm aria-disabled:text-muted',
              index === current && 'bg-hover',
            )}
          >
            <span aria-hidden className="text-muted">
              {entry.icon}
            </span>
            <span className="min-w-0 flex-1 truncate">
              {entry.drawn ?? entry.name}
              {entry.about && <span className="block truncate text-muted text-xs">{entry.about}</span>}
            </span>
            <span className="shrink-0 text-muted text-xs">{entry.keys ?? entry.group}</span>
          </div>
        ))}
      </div>
    </Dialog>
  );
}

const none: readonly PaletteEntry[] = [];

function moved(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return (at - 1 + count) % count;
  if (key === 'PageDown') return Math.min(count - 1, at + 8);
  return key === 'PageUp' ? Math.max(0, at - 8) : undefined;
}
