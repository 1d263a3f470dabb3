import { useEffect, useState } from 'react';
import type { Tree } from '../../../../tree/index.ts';
import { load, save } from '../../../stores/browser/browser-storage.ts';

const KEY = 'looked';
const CONVERSATIONS = 100;

type Looks = readonly (readonly [conversation: string, at: number])[];

/**
 * When this reader last looked at the tree of a conversation before now, ms since the epoch; undefined at the first time. Looking is
 * over when one leaves it; what comes meanwhile was seen.
 */
export function useLooked(conversation: string, tree: Tree): number | undefined {
  const [look, setLook] = useState(() => lookAt(conversation));
  if (look.conversation !== conversation) setLook(lookAt(conversation));
  const known = tree.messages.size > 0;
  useEffect(() => {
    if (!known) return;
    const note = () => remember(conversation, Date.now());
    note();
    window.addEventListener('pagehide', note);
    return () => {
      window.removeEventListener('pagehide', note);
      note();
    };
  }, [conversation, known]);
  return look.at;
}

function lookAt(conversation: string): { readonly conversation: string; readonly at: number | undefined } {
  return { conversation, at: read().find(([id]) => id === conversation)?.[1] };
}

function remember(conversation: string, at: number): void {
  const others = read().filter(([id]) => id !== conversation);
  save(KEY, [...others, [conversation, at]].slice(-CONVERSATIONS));
}

function read(): Looks {
  const value = load(KEY);
  return Array.isArray(value)
    ? value.filter(
        (entry) => Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'number',
      )
    : [];
}
