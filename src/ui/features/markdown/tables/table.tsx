import type { Element } from 'hast';
import { Check, Copy } from 'lucide-react';
import { type ComponentProps, type RefObject, use, useLayoutEffect, useRef, useState } from 'react';
import { Growing } from '../blocks/growing.ts';
import { useCopied } from '../code/use-copied.ts';
import * as strings from '../strings.ts';
import { Pieces } from './pieces.ts';
import { csvOf, markdownOf, rowsOf } from './table-text.ts';

type TableProps = ComponentProps<'table'> & { readonly node?: Element };

/** A table: wide ones scroll in a box of their own, with a shadow where more columns are; below it ways to copy it, once it is whole. */
export function Table({ node, ...rest }: TableProps) {
  const growing = use(Growing);
  const pieces = use(Pieces);
  const box = useRef<HTMLElement>(null);
  const more = useMore(box);
  return (
    <div className="md-table-frame">
      <div className="md-table-view" data-more={more}>
        <figure
          ref={box}
          className="md-table"
          aria-label={more === 'none' ? strings.table : strings.wideTable}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
          tabIndex={0}
        >
          <table {...rest} />
        </figure>
      </div>
      {node && !growing && (pieces?.isLast ?? true) && (
        <div className="md-table-tools">
          <CopyTable name={strings.copyCsv} text={() => csvOf(rowsOf(pieces?.all() ?? [node]))} />
          <CopyTable name={strings.copyMarkdown} text={() => markdownOf(rowsOf(pieces?.all() ?? [node]))} />
        </div>
      )}
    </div>
  );
}

interface CopyTableProps {
  readonly name: string;
  /** Made when it is wanted. */
  readonly text: () => string;
}

function CopyTable({ name, text }: CopyTableProps) {
  const { copied, copy } = useCopied();
  const Icon = copied ? Check : Copy;
  return (
    <button type="button" className="md-copy" onClick={() => copy(text())}>
      <Icon aria-hidden size={13} />
      {copied ? strings.copied : name}
    </button>
  );
}

type More = 'none' | 'before' | 'after' | 'both';

/** On which sides of a box that scrolls there is more. */
function useMore(box: RefObject<HTMLElement | null>): More {
  const [more, setMore] = useState<More>('none');
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const look = () => setMore(moreOf(element));
    const observer = new ResizeObserver(look);
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [box]);
  return more;
}

function moreOf({ scrollWidth, clientWidth, scrollLeft }: HTMLElement): More {
  const hidden = scrollWidth - clientWidth;
  // Negative where one reads from the right.
  const passed = Math.abs(scrollLeft);
  const [before, after] = [passed > 1, passed < hidden - 1];
  if (before && after) return 'both';
  return before ? 'before' : after ? 'after' : 'none';
}
