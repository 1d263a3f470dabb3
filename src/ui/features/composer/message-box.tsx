import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { breath } from '../../../client/kit/slices.ts';
import { COARSE, isComposing, shortcutName, TextBox, useMedia } from '../../components/index.ts';
import { ask, useErrand } from '../../stores/errands.ts';
import type { SlashPlace } from '../../stores/writing/slash.ts';
import { boxAction, isHardware } from './composer-keys.ts';
import { SlashMenu } from './composer-later.ts';
import * as strings from './strings.ts';

interface MessageBoxProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onSend: () => void;
  /** Default: "Message". */
  readonly label?: string;
  readonly placeholder?: string;
  /** What asks for the focus. Default: `composer`. */
  readonly errand?: 'composer' | 'aside';
  readonly onPaste: (event: ClipboardEvent) => void;
  /** Where the message will go, for what a slash offers. Default: it offers nothing. */
  readonly place?: SlashPlace;
  /** Id of what explains why the text cannot be sent, when it is shown. */
  readonly reason?: string | undefined;
}

/** The text box: grows with its text to two fifths of the window, knows the keys of docs/interface.md. */
export function MessageBox({
  text,
  onChange,
  onSend,
  onPaste,
  place,
  reason,
  label = strings.message,
  placeholder = strings.placeholder,
  errand = 'composer',
}: MessageBoxProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const hint = useId();
  const finger = useMedia(COARSE);
  const [typed, setTyped] = useState(false);
  // Whoever has a keyboard sends by it, tablet or not.
  const coarse = finger && !typed;
  useErrand(errand, () => focusAtEnd(box.current));
  useEffect(() => {
    // On arriving at a page nothing has the focus; with a finger it would raise the keyboard over what is to be read.
    if (coarse || document.activeElement !== document.body) return;
    // A task later: to give it the focus lays out the page, which has just been drawn.
    void breath().then(() => {
      if (document.activeElement === document.body) box.current?.focus();
    });
  }, [coarse]);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (finger && isHardware(event.nativeEvent)) setTyped(true);
    const composing = isComposing(event.nativeEvent);
    const action = boxAction(
      { key, shiftKey, ctrlKey, metaKey, altKey, composing },
      { coarse, empty: text === '' },
    );
    if (action === 'none') return;
    event.preventDefault();
    if (action === 'send') onSend();
    else if (errand === 'composer') ask('last-message');
  };
  return (
    <>
      <TextBox
        box={box}
        text={text}
        onText={onChange}
        aria-label={label}
        aria-describedby={reason ? `${reason} ${hint}` : hint}
        placeholder={placeholder}
        rows={1}
        enterKeyHint={coarse ? 'enter' : 'send'}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        className="max-h-[40dvh] min-h-12 bg-transparent px-4 pt-3.5 pb-1"
      />
      {place && /[/@]/.test(text) && <SlashMenu box={box} text={text} onText={onChange} {...place} />}
      <p id={hint} className="sr-only">
        {coarse ? strings.buttonSends(shortcutName('Enter')) : strings.enterSends}
      </p>
    </>
  );
}

function focusAtEnd(box: HTMLTextAreaElement | null): boolean {
  if (!box) return false;
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
  return document.activeElement === box;
}
