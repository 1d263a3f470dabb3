import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textOf } from '../../../protocol/index.ts';
import type { ModelEvent } from '../port.ts';
import { message, text } from '../testing.ts';
import { type GoOn, goingOnFrom, Seam, withoutRepeats } from './go-on.ts';

function joined(begun: string, how: GoOn, ...said: readonly string[]): string {
  const seam = new Seam(begun, how);
  return begun + said.map((piece) => seam.say(piece)).join('') + seam.end();
}

const FOX = 'The quick brown fox jumps over the la';

describe('words that meet', () => {
  test.each<[string, GoOn, string, string, string]>([
    ['it goes on', 'prefix', FOX, 'zy dog.', `${FOX}zy dog.`],
    ['it goes on with a word that stands there', 'prefix', 'Very ', 'very good', 'Very very good'],
    ['all of it again', 'prefix', FOX, `${FOX}zy dog.`, `${FOX}zy dog.`],
    ['told, the last words again', 'told', FOX, 'jumps over the lazy dog.', `${FOX}zy dog.`],
    ['told, the cut word again', 'told', FOX, 'lazy dog.', `${FOX}zy dog.`],
    ['told, all of it again', 'told', FOX, `\n${FOX}zy dog.`, `${FOX}zy dog.`],
    ['told, the next word', 'told', 'The fox', 'jumps', 'The fox jumps'],
    ['told, after a sentence', 'told', 'The fox jumps.', 'It runs.', 'The fox jumps. It runs.'],
    ['told, with its space', 'told', 'The fox', ' jumps', 'The fox jumps'],
    ['told, in code', 'told', '```js\nfox.', 'jump()', '```js\nfox.jump()'],
    ['told, in a script without spaces', 'told', '狐狸跳过', '懒狗', '狐狸跳过懒狗'],
    ['blanks that stand there', 'told', 'One\n\n', 'One\n\nTwo', 'One\n\nTwo'],
    ['blanks said again', 'prefix', 'def f():\n', '\n    return', 'def f():\n    return'],
    ['other blanks', 'prefix', 'One ', '\n\nTwo', 'One \n\nTwo'],
    ['a bracket that closes another', 'told', 'a(b(c)', ')', 'a(b(c))'],
    ['nothing', 'told', FOX, '', FOX],
    ['only what stands there', 'told', FOX, 'quick brown fox jumps', FOX],
  ])('%s (%s)', (_, how, begun, said, whole) => {
    expect(joined(begun, how, said)).toBe(whole);
    expect(joined(begun, how, ...said)).toBe(whole);
  });

  test('any text, repeated from any of its words on, in any pieces, is there once', () => {
    const word = fc.stringMatching(/^[a-z]{3,9}$/);
    const words = fc.uniqueArray(word, { minLength: 4, maxLength: 30 });
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 7 }), (all, a, b, size) => {
        const whole = all.join(' ');
        const cut = 1 + (a % (whole.length - 1));
        const begun = whole.slice(0, cut).trimEnd();
        const starts = [...begun.matchAll(/(?<=^|\s)\S\S/g)].map(({ index }) => index);
        fc.pre(starts.length > 0);
        const said = whole.slice(starts[b % starts.length]);
        const pieces = said.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];
        expect(joined(begun, 'told', ...pieces)).toBe(whole);
      }),
    );
  });

  test('any text that goes on is there as it was said', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (begun, pieces) => {
        fc.pre(begun.trim() !== '' && begun.trimEnd() === begun);
        const more = pieces.join('');
        fc.pre(!more.trimStart().startsWith(begun) && !begun.startsWith(more.trimStart()));
        expect(joined(begun, 'prefix', ...pieces)).toBe(begun + more);
      }),
    );
  });
});

async function* said(...events: ModelEvent[]) {
  yield* events;
}

test('thoughts that were taken for text are no repeat, and what follows them may be one', async () => {
  const events: ModelEvent[] = [];
  const apart = withoutRepeats(
    said(
      { kind: 'text', text: 'fox' },
      { kind: 'recast', text: 'fox' },
      { kind: 'text', text: 'fox jumps' },
      { kind: 'finish' },
    ),
    'The fox',
    'told',
  );
  for await (const event of apart) events.push(event);
  expect(events).toEqual([
    { kind: 'recast', text: 'fox' },
    { kind: 'text', text: ' jumps' },
    { kind: 'finish' },
  ]);
});

test('a request that is told ends with the last words, one with a prefix with the words', () => {
  const question = message('user', text('What?'));
  const long = `${'word '.repeat(40)}the end. `;
  const told = goingOnFrom([question], long, 'told');
  expect(told.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  expect(textOf(told[2]?.parts ?? [])).toMatch(/last words, “(word ){8,10}the end\.”/);
  const [, said] = goingOnFrom([question], long, 'prefix');
  expect(textOf(said?.parts ?? [])).toBe(long.trimEnd());
});
