import { use, useState } from 'react';
import { cx } from '../../../components/index.ts';
import { PlainText } from '../../markdown/index.ts';
import { OnPaper } from '../rows/article-context.ts';
import * as strings from '../strings.ts';

/** A person's own words, as they were typed. Long ones are folded until asked for. */
export function UserText({ text, faded = false }: { readonly text: string; readonly faded?: boolean }) {
  const [open, setOpen] = useState(false);
  const long = isLong(text) && !use(OnPaper);
  return (
    <div
      className={cx(
        'max-w-[min(88%,38rem)] rounded-2xl rounded-br-md px-4 py-2.5',
        faded ? 'bg-leaf-soft/50' : 'bg-leaf-soft',
      )}
    >
      <div className={cx(long && !open && 'max-h-72 overflow-hidden mask-b-from-60%')}>
        <PlainText text={text} />
      </div>
      {long && (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="mt-1 -ml-1 min-h-7 rounded-md px-1 font-medium text-leaf text-sm underline-offset-4 hover:underline"
        >
          {open ? strings.showLess : strings.showMore}
        </button>
      )}
    </div>
  );
}

const LINES = 12;
const LINE_LENGTH = 70;

/** True for text of more than about twelve lines. */
export function isLong(text: string): boolean {
  if (text.length > LINES * LINE_LENGTH * 1.3) return true;
  return (
    text.split('\n').reduce((lines, line) => lines + Math.max(1, Math.ceil(line.length / LINE_LENGTH)), 0) >
    LINES + 2
  );
}
