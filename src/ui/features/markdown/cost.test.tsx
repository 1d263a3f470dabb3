/**
 * What a text costs is bounded by its length, whatever it is: fragments are repeated until the text is four times as long, and the time
 * the processor takes may grow about as much. Ratios of processor time, not of the clock, and only where there is enough to compare.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerptOf, rangesIn, searchable, termsOf } from '../../../protocol/find/find.ts';
import { previewOf, titleFromWords } from '../../../protocol/index.ts';
import { tooDeep, tooHeavy } from '../../../protocol/reading/formatting-limits.ts';
import { markFormulas } from '../../../protocol/reading/formulas.ts';
import { noBlocks, splitBlocks } from '../../../protocol/reading/split-blocks.ts';
import { stretchesOf } from '../../components/direction.ts';
import { prepare } from './blocks/references.ts';
import { renderBlock } from './render-block.ts';

const FRAGMENTS = [
  ...[
    'a]',
    '[',
    '![',
    '[a](',
    '[a](b "',
    '[^1]',
    '*a',
    '*a_ ',
    '**a',
    '~~a',
    '`a',
    '``a`',
    '<a b=',
    '&a',
    '\\a',
    'a|',
    '|',
  ],
  ...[
    '> a\n',
    'a\n',
    '> ',
    '- ',
    '* ',
    '-',
    '- a\n',
    '- a\n\n',
    '1. a\n',
    '# a\n',
    '```\n',
    '```a\n',
    '~~~\n',
    '[a]: b\n',
    '[^a]: b\n\n',
    'a\n\n',
  ],
  ...[
    'https://a.b ',
    'https://a_',
    'http://',
    'www.a.b',
    'a@b.c ',
    '<!--',
    '<?',
    '<![CDATA[',
    '$a$',
    '$a',
    '\\[a',
    '\n\n\\[a',
    '\n\\[',
  ],
  ...[
    '\\(a\\)',
    '$$\n',
    '| a | b |\n',
    '|---|---|\n',
    'a\n-\n',
    'a\n=\n',
    '    a\n',
    '\t',
    '**“a',
    '中**',
    '：**',
    '- ```\nx\n',
    '```md\n```sh\n',
  ],
  ...['\u202b', 'שלום ', '\u0301', '\ud800', ' ', '\n', '"', '’'],
];

/** Milliseconds of the processor; the least of several, since the first one also warms up and others collect garbage. */
function cost(work: () => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run += 1) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
    if (least > 400 || least < ENOUGH / 2) break;
  }
  return least;
}

/** Below this nothing is compared: garbage and the clock's grain are larger. */
const ENOUGH = 40;

/** Four times as much text takes at most so many times as long: an exponent of about 1.7, where a square would be 16. */
const MOST = 10;

function expectBounded(
  name: string,
  make: (length: number) => string,
  work: (text: string) => unknown,
  length: number,
): void {
  const [small, large] = [make(length), make(length * 4)];
  let said = '';
  // What is really worse than it should be is so again and again; collected garbage is not.
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const after = cost(() => work(large));
    if (after < ENOUGH) return;
    const before = cost(() => work(small));
    if (after / Math.max(before, 3) < MOST) return;
    said = `${name}: ${before} ms, then ${after} ms`;
  }
  expect.fail(said);
}

const repeated = (fragment: string) => (length: number) =>
  fragment.repeat(Math.ceil(length / fragment.length));

const fragments = fc
  .array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(''));

const WORKS: readonly (readonly [string, number, (text: string) => unknown])[] = [
  ['blocks', 20_000, (text) => prepare(splitBlocks(noBlocks, text, true).blocks)],
  ['formulas', 10_000, (text) => markFormulas(text, true)],
  ['limits', 10_000, (text) => [tooDeep(text), tooHeavy(text)]],
  ['titles and previews', 20_000, (text) => [titleFromWords(text), previewOf([{ kind: 'text', text }])]],
  [
    'find',
    20_000,
    (text) => [searchable(text), rangesIn(text, termsOf('a "b c"')), excerptOf(text, termsOf('x'))],
  ],
  ['questions', 2_000, (text) => termsOf(text)],
  ['directions', 10_000, (text) => stretchesOf(text)],
];

test.each(WORKS)('%s: any fragments, again and again', (name, length, work) => {
  fc.assert(
    fc.property(fragments, (fragment) => {
      expectBounded(`${name} of ${JSON.stringify(fragment)}`, repeated(fragment), work, length);
    }),
    { numRuns: 25 },
  );
});

/** Nothing that is rendered may take long, since the page waits: what would is shown as it is. */
test.each([
  ['brackets that close', 'a]'.repeat(14_000)],
  ['lazy lines', `> a\n${'a\n'.repeat(14_000)}`],
  ['headings that are underlined', 'a\n=\n'.repeat(4_000)],
  ['instructions', '<?'.repeat(6_000)],
  ['comments', '<!--'.repeat(6_000)],
  ['stars beside ideographs', '中**'.repeat(6_000)],
  ['stars beside full-width signs', '：**'.repeat(6_000)],
  ['a wide table of short rows', `${'a|'.repeat(1_000)}\n${'-|'.repeat(1_000)}\n${'b\n'.repeat(1_000)}`],
  ['one in a quote', `> ${'a|'.repeat(1_000)}\n> ${'-|'.repeat(1_000)}\n${'> b\n'.repeat(1_000)}`],
])('%s are shown as they are', (_name, text) => {
  const blocks = prepare(splitBlocks(noBlocks, text, true).blocks).blocks;
  expect(blocks.some((block) => tooHeavy(block.text))).toBe(true);
});

test('any fragments, as many as may be formatted, are formatted in bounded time', () => {
  fc.assert(fc.property(fragments, boundedToFormat), { numRuns: 8 });
}, 60_000);

function boundedToFormat(fragment: string): void {
  let text = repeated(fragment)(4_000);
  // With words behind it, as it is rendered: signs alone are a rule, and with words nested lists.
  const said = () => `${text} ${Math.random()}`;
  while (tooHeavy(said())) text = text.slice(0, text.length / 2);
  const spent = cost(() => renderBlock(said(), { scope: 's', growing: false }));
  // Against as many characters of words: no text may hold up the page for longer than some large ones do.
  expect(spent / words(), `${JSON.stringify(fragment)}: ${spent} ms for ${text.length}`).toBeLessThan(400);
}

let known = 0;

/** What 4,000 characters of words cost, in ms; at least 4. */
function words(): number {
  known ||= Math.max(
    4,
    cost(() => renderBlock(`${'word '.repeat(800)}${Math.random()}`, { scope: 's', growing: false })),
  );
  return known;
}
