import { ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { NotShown } from '../not-shown.tsx';
import type { PreviewProps } from '../preview-props.ts';
import '../previews.css';
import * as strings from '../strings.ts';
import { readJson, WrittenNumber } from './parse-json.ts';

/** Members of a value that come at once. */
const STEP = 100;
/** Characters of a text that come at once. */
const TEXT = 400;
/** Values this deep are folded at first; the outermost one is always open. */
const OPEN_DEPTH = 2;
/** One that has more members is folded at first, unless it is the outermost. */
const OPEN_MEMBERS = 20;

/** JSON as an outline whose values are folded and unfolded. */
export function JsonView({ code, language, source }: PreviewProps) {
  const lines = /^(jsonl|ndjson)$/i.test(language);
  const read = useMemo(() => readJson(code, lines), [code, lines]);
  if (read.kind === 'broken') {
    const { line, why } = read;
    const sentence = line === undefined ? strings.brokenJson(why) : strings.brokenJsonLine(line, why);
    return <NotShown why={sentence} source={source} />;
  }
  return (
    <div className="preview-json" dir="ltr">
      <ul>
        <Value value={read.value} depth={0} />
      </ul>
    </div>
  );
}

interface ValueProps {
  /** Its key or place in what it stands in; absent for the outermost. */
  readonly name?: string | undefined;
  readonly value: unknown;
  readonly depth: number;
}

function Value({ name, value, depth }: ValueProps) {
  if (value instanceof WrittenNumber || value === null || typeof value !== 'object')
    return (
      <li>
        <Name name={name} />
        <Plain value={value} />
      </li>
    );
  return <Members name={name} value={value} depth={depth} />;
}

function Name({ name }: { readonly name: string | undefined }) {
  if (name === undefined) return null;
  return (
    <>
      <span className="hljs-attr">{name}</span>:{' '}
    </>
  );
}

function Plain({ value }: { readonly value: unknown }) {
  const [whole, setWhole] = useState(false);
  if (value instanceof WrittenNumber) return <span className="hljs-number">{value.text}</span>;
  if (typeof value !== 'string')
    return (
      <span className={typeof value === 'number' ? 'hljs-number' : 'hljs-literal'}>{String(value)}</span>
    );
  const cut = !whole && value.length > TEXT;
  return (
    <>
      <span className="hljs-string">{JSON.stringify(cut ? `${value.slice(0, TEXT)}…` : value)}</span>
      {cut && (
        <button type="button" className="preview-more" onClick={() => setWhole(true)}>
          {strings.showWhole}
        </button>
      )}
    </>
  );
}

function Members({ name, value, depth }: ValueProps & { readonly value: object }) {
  const list = Array.isArray(value);
  const keys = useMemo(() => (list ? undefined : Object.keys(value)), [list, value]);
  const length = list ? value.length : (keys as string[]).length;
  const [open, setOpen] = useState(depth === 0 || (depth < OPEN_DEPTH && length <= OPEN_MEMBERS));
  const [asked, setAsked] = useState(STEP);
  const members = open
    ? Array.from({ length: Math.min(asked, length) }, (_, n) => keys?.[n] ?? String(n))
    : [];
  const size = list ? strings.items(length) : strings.entries(length);
  if (length === 0)
    return (
      <li>
        <Name name={name} />
        {list ? '[]' : '{}'}
      </li>
    );
  return (
    <li>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)} className="preview-fold">
        <ChevronRight aria-hidden size={13} />
        <span>
          <Name name={name} />
          <span className="preview-size">
            {list ? '[' : '{'} {size} {list ? ']' : '}'}
          </span>
        </span>
      </button>
      {open && (
        <ul>
          {members.map((key) => (
            <Value key={key} name={key} value={(value as Record<string, unknown>)[key]} depth={depth + 1} />
          ))}
        </ul>
      )}
      {open && asked < length && (
        <button type="button" className="preview-more" onClick={() => setAsked(asked + 10 * STEP)}>
          {strings.showMoreItems(Math.min(10 * STEP, length - asked), length - asked)}
        </button>
      )}
    </li>
  );
}
