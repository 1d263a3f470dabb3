import { type ComponentProps, type RefObject, useLayoutEffect } from 'react';
import { directionOf } from './direction.ts';

interface TextBoxProps
  extends Omit<ComponentProps<'textarea'>, 'value' | 'defaultValue' | 'onChange' | 'ref'> {
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly onText: (text: string) => void;
}

/**
 * A textarea that grows with its text to the `max-height` it is given. Made for texts of any length: a key costs what it costs in a
 * textarea alone, and little more.
 */
export function TextBox({ box, text, onText, className, ...others }: TextBoxProps) {
  // A controlled value would be copied into the markup with every key.
  useLayoutEffect(() => {
    const element = box.current;
    if (element && element.value !== text) element.value = text;
  }, [box, text]);
  useHeightOfText(box, text);
  return (
    <textarea
      {...others}
      ref={box}
      // Never `auto`: a browser looks the whole text through for it, once for each line that is pasted.
      dir={directionOf(text) ?? 'ltr'}
      onChange={(event) => onText(event.target.value)}
      className={`field-sizing-content block w-full resize-none overflow-y-auto text-base leading-6 outline-none ${className}`}
    />
  );
}

/** More than any window shows: its height need not be measured. In characters. */
const TALL = 20_000;

/** For browsers without `field-sizing`, where measuring lays the whole text out twice. */
function useHeightOfText(box: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || typeof CSS === 'undefined' || CSS.supports('field-sizing', 'content')) return;
    element.style.height = text.length > TALL ? '100vh' : 'auto';
    if (text.length <= TALL) element.style.height = `${element.scrollHeight}px`;
  }, [box, text]);
}
