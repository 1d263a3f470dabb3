import { ChevronDown } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import { Button } from '../../components/index.ts';
import * as strings from './strings-later.ts';

interface MoreBelowProps {
  /** What scrolls. */
  readonly list: RefObject<HTMLUListElement | null>;
  /** How many items it has. */
  readonly count: number;
}

/** How many files of a list are out of sight below, and the way to them; nothing where all are seen. */
export function MoreBelow({ list, count }: MoreBelowProps) {
  const below = useBelow(list, count);
  if (below === 0) return null;
  const down = () => list.current?.scrollBy({ top: list.current.clientHeight - ROW });
  return (
    <Button
      look="text"
      className="mx-2 mt-1 self-start text-xs!"
      icon={<ChevronDown size={14} />}
      onClick={down}
    >
      {strings.moreBelow(below)}
    </Button>
  );
}

/** In px: a row of the list stays in sight when one goes down. */
const ROW = 56;
/** In px: an item of which less is seen is out of sight. */
const SEEN = 16;

function useBelow(list: MoreBelowProps['list'], count: number): number {
  const [below, setBelow] = useState(0);
  useEffect(() => {
    const element = list.current;
    if (!element || count === 0) return;
    const look = () => {
      const end = element.getBoundingClientRect().bottom - SEEN;
      setBelow([...element.children].filter((item) => item.getBoundingClientRect().top > end).length);
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    // Items grow as what they say changes.
    const sizes = new ResizeObserver(look);
    for (const one of [element, ...element.children]) sizes.observe(one);
    return () => {
      element.removeEventListener('scroll', look);
      sizes.disconnect();
    };
  }, [list, count]);
  return below;
}
