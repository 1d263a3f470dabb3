import { useEffect, useRef, useState } from 'react';
import { copyText } from '../../../components/copy-text.ts';
import { announce } from '../../../stores/announce.ts';
import * as strings from '../strings.ts';

const SHOWN = 2_000;

/** Copies text; `copied` is true for two seconds after, for the button to say so. A refusal is announced as a failure. */
export function useCopied(): { copied: boolean; copy: (text: string) => void } {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const said = () => {
    announce(strings.copied);
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), SHOWN);
  };
  const refused = () => announce(strings.cannotCopy, 'alert');
  return { copied, copy: (text) => void copyText(text).then(said, refused) };
}
