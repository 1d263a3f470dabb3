import { useEffect, useRef } from 'react';
import { useForkedSends } from '../../../client/hooks/index.ts';
import type { ConversationView } from '../../../client/types.ts';
import { childrenOf } from '../../../tree/index.ts';
import { toast } from '../../stores/toasts.ts';
import * as strings from './strings.ts';

/** Says that a message went to a branch of its own because something else was said there first, and leads to that. */
export function useStaleNotice(view: ConversationView, goTo: (message: string) => void): void {
  const latest = useRef({ view, goTo });
  useEffect(() => {
    latest.current = { view, goTo };
  });
  useForkedSends(view.id, ({ message, parent }) => {
    const other = () => childrenOf(latest.current.view.tree, parent).findLast((child) => child !== message);
    // What was pruned is no rival.
    if (other() === undefined) return;
    const showOther = () => {
      const now = other();
      if (now !== undefined) latest.current.goTo(now);
    };
    toast(strings.cameSecond, {
      action: { name: strings.showOther, run: showOther },
    });
  });
}
