/** Formatted text: what `Markdown` loads. One component per block, so that a growing reply renders its last block only. */
import { memo, useState } from 'react';
import { Growing } from './blocks/growing.ts';
import { FirstHeading, firstHeading } from './blocks/heading-levels.ts';
import { tooDeep, tooHeavy } from './blocks/limits.ts';
import './markdown.css';
import { type Blocks, noBlocks, splitBlocks } from './blocks/split-blocks.ts';
import { usePaced } from './blocks/use-paced.ts';
import { renderBlock } from './render-block.ts';

interface FormattedTextProps {
  readonly text: string;
  /** Prefix of the ids inside: unique on the page. */
  readonly scope: string;
  readonly growing: boolean;
}

export function FormattedText({ text, scope, growing }: FormattedTextProps) {
  const { shown, measure } = usePaced(text, growing);
  const blocks = useBlocks(shown, growing);
  return (
    <div className="md" data-growing={growing || undefined}>
      <FirstHeading value={firstHeading(blocks)}>
        {blocks.map((block, i) => {
          const last = growing && i === blocks.length - 1;
          // A block keeps its place for as long as the text only grows.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          return <Block key={i} text={block} scope={scope} growing={last} measure={last ? measure : run} />;
        })}
      </FirstHeading>
    </div>
  );
}

const run = <T,>(work: () => T): T => work();

/** The blocks of the text; all of it as one where notes or link addresses at its end belong to what stands above. */
function useBlocks(text: string, growing: boolean): readonly string[] {
  const [split, setSplit] = useState<Blocks>(noBlocks);
  if (tooDeep(text) || (!growing && definitions.test(text) && !tooHeavy(text))) return [text];
  const next = splitBlocks(split, text);
  if (next !== split) setSplit(next);
  return next.blocks.map((block) => block.text);
}

const definitions = /^ {0,3}\[[^\]\n]+\]:/m;

interface BlockProps extends FormattedTextProps {
  readonly measure: <T>(work: () => T) => T;
}

const Block = memo(function Block({ text, scope, growing, measure }: BlockProps) {
  if (tooHeavy(text))
    return (
      <p dir="auto" className="md-lines">
        {text}
      </p>
    );
  return <Growing value={growing}>{measure(() => safely(text, scope, growing))}</Growing>;
});

/** A parser that gives up must not take the page with it. */
function safely(text: string, scope: string, growing: boolean) {
  try {
    return renderBlock(text, { scope, growing });
  } catch {
    return (
      <p dir="auto" className="md-lines">
        {text}
      </p>
    );
  }
}
