/** Formatted text: what `Markdown` loads. One component per block, so that a growing reply renders its last block only. */
import { memo, useState } from 'react';
import { fencedCode } from '../../../protocol/reading/fences.ts';
import { tooDeep, tooHeavy } from '../../../protocol/reading/limits.ts';
import { type Blocks, noBlocks, splitBlocks } from '../../../protocol/reading/split-blocks.ts';
import { Growing } from './blocks/growing.ts';
import { FirstHeading, firstHeading } from './blocks/heading-levels.ts';
import { type PreparedBlock, prepare } from './blocks/references.ts';
import { usePaced } from './blocks/use-paced.ts';
import { CodeBlock } from './code/code-block.tsx';
import { KeepSelection } from './keep-selection.tsx';
import './markdown.css';
import { renderBlock, renderNotes } from './render-block.ts';
import * as strings from './strings.ts';

interface FormattedTextProps {
  readonly text: string;
  /** Prefix of the ids inside: unique on the page. */
  readonly scope: string;
  readonly growing: boolean;
}

/** Blocks that are looked through together for what changed: a text of very many costs as much as one of some. */
const GROUP = 64;

export function FormattedText({ text, scope, growing }: FormattedTextProps) {
  const { shown, measure } = usePaced(text, growing);
  const { blocks, notes } = prepare(useBlocks(shown, growing));
  const groups = Array.from({ length: Math.ceil(blocks.length / GROUP) }, (_, i) => i * GROUP);
  const end = blocks.length - 1;
  return (
    <KeepSelection growing={growing}>
      <FirstHeading value={firstHeading(blocks.slice(0, GROUP).map((block) => block.text))}>
        {groups.map((from) => {
          const last = growing && from + GROUP > end;
          const some = blocks.slice(from, from + GROUP);
          return (
            <Group key={from} blocks={some} scope={scope} growing={last} measure={last ? measure : run} />
          );
        })}
        {notes !== undefined && <Notes text={notes} scope={scope} />}
      </FirstHeading>
    </KeepSelection>
  );
}

const run = <T,>(work: () => T): T => work();

function useBlocks(text: string, growing: boolean): Blocks['blocks'] {
  const [split, setSplit] = useState<Blocks>(noBlocks);
  if (tooDeep(text)) return [{ text, start: 0, continues: false }];
  const next = splitBlocks(split, text, !growing);
  if (next !== split) setSplit(next);
  return next.blocks;
}

interface GroupProps {
  readonly blocks: readonly PreparedBlock[];
  readonly scope: string;
  /** The last of them grows. */
  readonly growing: boolean;
  readonly measure: <T>(work: () => T) => T;
}

const Group = memo(function Group({ blocks, scope, growing, measure }: GroupProps) {
  return blocks.map(({ text, numbers }, i) => {
    const last = growing && i === blocks.length - 1;
    const props = { text, numbers, scope, growing: last, measure: last ? measure : run };
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
    before.blocks.every(
      ({ text, numbers }, i) => text === now.blocks[i]?.text && numbers === now.blocks[i]?.numbers,
    )
  );
}

interface BlockProps extends FormattedTextProps, PreparedBlock {
  readonly measure: <T>(work: () => T) => T;
}

const Block = memo(function Block({ text, numbers, scope, growing, measure }: BlockProps) {
  if (text === '') return null;
  const code = fencedCode(text);
  if (code)
    return (
      <Growing value={growing}>
        {measure(() => (
          <CodeBlock {...code} />
        ))}
      </Growing>
    );
  if (tooHeavy(text)) return <AsWritten text={text} />;
  return (
    <Growing value={growing}>
      {measure(() => safely(text, () => renderBlock(text, { scope, growing, numbers })))}
    </Growing>
  );
});

const Notes = memo(function Notes({ text, scope }: Pick<BlockProps, 'text' | 'scope'>) {
  return tooHeavy(text) ? <AsWritten text={text} /> : safely(text, () => renderNotes(text, scope));
});

/** A parser that gives up must not take the page with it. */
function safely(text: string, render: () => ReturnType<typeof renderBlock>) {
  try {
    return render();
  } catch {
    return <AsWritten text={text} />;
  }
}

function AsWritten({ text }: { readonly text: string }) {
  return (
    <div className="md-written">
      <p dir="auto" className="md-lines">
        {text}
      </p>
      <p className="md-written-note">{strings.asWritten}</p>
    </div>
  );
}
