/** Formatted text: what `Markdown` loads. One component per block, so that a growing reply renders its last block only. */
import { memo, useEffect, useRef, useState } from 'react';
import { shallow } from '../../../protocol/reading/formatting-limits.ts';
import { type Blocks, noBlocks, splitBlocks } from '../../../protocol/reading/split-blocks.ts';
import { Block } from './block.tsx';
import { FirstHeading, firstHeading } from './blocks/heading-levels.ts';
import { type PreparedBlock, prepare } from './blocks/references.ts';
import { usePaced } from './blocks/use-paced.ts';
import { KeepSelection } from './keep-selection.tsx';
import { TextBlocks } from './tables/pieces.ts';
import './markdown.css';

interface FormattedTextProps {
  readonly text: string;
  /** Prefix of the ids inside: unique on the page. */
  readonly scope: string;
  readonly growing: boolean;
}

/** Blocks that are looked through together for what changed: a text of very many costs as much as one of some. */
const GROUP = 64;

export function FormattedText({ text, scope, growing: grows }: FormattedTextProps) {
  const { shown, growing, measure } = usePaced(text, grows);
  const { blocks, notes } = prepare(useBlocks(shown, growing));
  const [waitsFrom] = useState(() => firstToWait(blocks));
  const [came] = useState(blocks.length);
  const groups = Array.from({ length: Math.ceil(blocks.length / GROUP) }, (_, i) => i * GROUP);
  const end = blocks.length - 1;
  const current = useRef(blocks);
  useEffect(() => {
    current.current = blocks;
  }, [blocks]);
  return (
    <KeepSelection growing={growing}>
      <TextBlocks value={current}>
        <FirstHeading value={firstHeading(blocks.slice(0, GROUP).map((block) => block.text))}>
          {groups.map((from) => {
            const last = growing && from + GROUP > end;
            const some = blocks.slice(from, from + GROUP);
            const props = {
              from,
              blocks: some,
              scope,
              growing: last,
              waits: [waitsFrom - from, came - from] as const,
            };
            return <Group key={from} {...props} measure={last ? measure : run} />;
          })}
          {notes !== undefined && (
            <Block
              text={notes}
              notes
              scope={scope}
              growing={growing}
              waits={waitsFrom < Number.POSITIVE_INFINITY}
              measure={run}
            />
          )}
        </FirstHeading>
      </TextBlocks>
    </KeepSelection>
  );
}

/** As much of a text that is opened is formatted at once, in characters. */
const AT_ONCE = 8_000;

/** The first block that waits for its turn, of those that came first. */
function firstToWait(blocks: readonly PreparedBlock[]): number {
  let length = 0;
  const first = blocks.findIndex(({ text }) => {
    length += text.length;
    return length > AT_ONCE;
  });
  return first < 0 ? Number.POSITIVE_INFINITY : Math.max(1, first);
}

const run = <T,>(work: () => T): T => work();

function useBlocks(text: string, growing: boolean): Blocks['blocks'] {
  const [split, setSplit] = useState<Blocks>(noBlocks);
  const next = splitBlocks(split, shallow(text), !growing);
  if (next !== split) setSplit(next);
  return next.blocks;
}

interface GroupProps {
  /** The place of the first of them in the text. */
  readonly from: number;
  readonly blocks: readonly PreparedBlock[];
  readonly scope: string;
  /** The last of them grows. */
  readonly growing: boolean;
  /** Of its blocks, those that wait for their turn: from one to before another. Read when a block comes only. */
  readonly waits: readonly [from: number, to: number];
  readonly measure: <T>(work: () => T) => T;
}

const Group = memo(function Group({ from, blocks, scope, growing, waits, measure }: GroupProps) {
  return blocks.map((block, i) => {
    const last = growing && i === blocks.length - 1;
    const props = {
      ...block,
      at: from + i,
      scope,
      growing: last,
      waits: i >= waits[0] && i < waits[1],
      measure: last ? measure : run,
    };
    // A block keeps its place for as long as the text only grows.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    return <Block key={i} {...props} />;
  });
}, sameGroup);

function sameGroup(before: GroupProps, now: GroupProps): boolean {
  return (
    before.scope === now.scope &&
    before.growing === now.growing &&
    before.blocks.length === now.blocks.length &&
    before.blocks.every((block, i) => isSame(block, now.blocks[i]))
  );
}

const isSame = ({ text, numbers, start, table }: PreparedBlock, now: PreparedBlock | undefined): boolean =>
  text === now?.text && numbers === now.numbers && start === now.start && table === now.table;
