import { type KeyboardEvent, useRef } from 'react';
import { TITLE_LIMIT } from '../../../protocol/index.ts';
import { isComposing } from '../../components/index.ts';
import * as strings from './strings-list.ts';

interface RenameFieldProps {
  readonly title: string;
  /** What it is the name of. Default: a conversation. */
  readonly label?: string;
  /** Most characters. Default: of a title. */
  readonly most?: number;
  /**
   * The new title, or undefined when it was left as it is; by a key, or because the field was left. False: it cannot be given now, and stays to be
   * tried again; else it is called once.
   */
  readonly onDone: (title: string | undefined, byKey: boolean) => boolean;
}

/** A title in a text field: Enter and leaving the field save, Esc keeps the old one. */
export function RenameField({ title, label = strings.title, most = TITLE_LIMIT, onDone }: RenameFieldProps) {
  const done = useRef(false);
  const finish = (text: string | undefined, byKey: boolean) => {
    if (done.current) return;
    done.current = onDone(text, byKey);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Enter') finish(event.currentTarget.value, true);
    else if (event.key === 'Escape') finish(undefined, true);
    else return;
    event.preventDefault();
  };
  return (
    <input
      aria-label={label}
      dir="auto"
      defaultValue={title}
      maxLength={most}
      // biome-ignore lint/a11y/noAutofocus: it takes the place of the title whose renaming was asked for
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => finish(event.currentTarget.value, false)}
      onKeyDown={onKeyDown}
      className="h-8 w-full min-w-0 rounded-lg border border-line-strong bg-surface px-2 text-sm"
    />
  );
}
