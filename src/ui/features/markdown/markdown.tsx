import { use, useMemo, useState } from 'react';
import { breath } from '../../../client/kit/slices.ts';
import { FORMATTED_LIMIT } from '../../../protocol/reading/formatting-limits.ts';
import { Button, lazy, useLazy } from '../../components/index.ts';
import { AtOnce } from './blocks/at-once.ts';
import { PlainText } from './plain-text.tsx';
import * as strings from './strings.ts';
import { useTurn } from './use-turn.ts';

/** The first text takes far longer than those after it: it is one that nobody waits for. */
const formatter = lazy(async () => {
  const loaded = await import('./later.ts');
  await breath();
  await loaded.warmUp();
  return loaded;
});

/** Starts loading what formats text, so that it is there with the first reply. */
export const preloadMarkdown = (): void => void formatter.load();

/** Resolves when what formats text is there, or cannot be loaded; never rejects. */
export const loadMarkdown = (): Promise<void> => formatter.load();

/** Of a text no more is formatted in one go, in characters. */
const AT_ONCE = 8_000;

interface MarkdownProps {
  readonly text: string;
  /** Unique on the page; ids inside begin with it. */
  readonly scope: string;
  /** The text is still being written: it only grows, and its end may be unfinished. */
  readonly growing?: boolean;
}

/**
 * Text a model wrote, formatted without trusting it: no HTML, no scripts, nothing fetched unasked (docs/protocol.md, "Security").
 * Plain until the formatter is loaded, and for what is too long to format unless asked to.
 */
export function Markdown({ text, scope, growing = false }: MarkdownProps) {
  const [wanted, setWanted] = useState(false);
  const loaded = useLazy(formatter);
  const atOnce = use(AtOnce);
  // Texts that stood there before are formatted in turn: in one go with what is above them, those in sight would be moved.
  const [stood] = useState(loaded === undefined && !atOnce);
  const [turn, place] = useTurn<HTMLDivElement>(
    stood && loaded !== undefined,
    Math.min(text.length, AT_ONCE),
  );
  const long = text.length > FORMATTED_LIMIT && !wanted;
  const gains = useMemo(() => long && !growing && gainsByFormatting(text), [long, growing, text]);
  if (loaded && !long && (turn || !stood))
    return <loaded.FormattedText text={text} scope={scope} growing={growing} />;
  return (
    <>
      <div ref={place}>
        <PlainText text={text} />
      </div>
      {gains && (
        <Button className="mt-2" onClick={() => setWanted(true)}>
          {strings.showFormatted}
        </Button>
      )}
    </>
  );
}

/** False for a text that looks the same formatted: one word, or words with no sign among them. What is in a word of this length means nothing. */
const gainsByFormatting = (text: string): boolean =>
  /[\n*_`#>|~$[\]<&\\]|:\/\//.test(text.trim().replace(/\S{10000,}/g, ''));
