import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Thoughts } from './thoughts.ts';

/** What is left when the text comes in these pieces. */
function read(pieces: readonly string[]): { readonly text: string; readonly thoughts: string } {
  const thoughts = new Thoughts();
  let [text, thought] = ['', ''];
  for (const event of [...pieces.flatMap((piece) => [...thoughts.say(piece)]), ...thoughts.end()]) {
    if (event.kind === 'text') text += event.text;
    if (event.kind === 'reasoning') thought += event.text;
    if (event.kind === 'recast') [text, thought] = ['', event.text];
  }
  return { text, thoughts: thought };
}

/** In one piece, character by character, and cut anywhere. */
function expectRead(whole: string, text: string, thoughts: string) {
  const result = { text, thoughts };
  expect(read([whole])).toEqual(result);
  expect(read([...whole])).toEqual(result);
  for (let at = 1; at < whole.length; at += 1)
    expect(read([whole.slice(0, at), whole.slice(at)])).toEqual(result);
}

describe('thoughts', () => {
  test.each([
    ['<think>Hm.</think>Yes.', 'Yes.'],
    ['\n\n<think>\nHm.\n</think>\n\nYes.', 'Yes.'],
    ['<THINK>Hm.</Think>\nYes.', 'Yes.'],
    ['<thinking>Hm.</thinking> Yes.', 'Yes.'],
    ['<reasoning>Hm.</reasoning>Yes.', 'Yes.'],
    ['[THINK]Hm.[/THINK]Yes.', 'Yes.'],
    ['◁think▷Hm.◁/think▷Yes.', 'Yes.'],
    ['<seed:think>Hm.</seed:think>Yes.', 'Yes.'],
    ['<|begin_of_thought|>Hm.<|end_of_thought|>\n<|begin_of_solution|>Yes.<|end_of_solution|>', 'Yes.'],
    ['<|inner_prefix|>Hm.<|inner_suffix|>Yes.', 'Yes.'],
    ['<|START_THINKING|>Hm.<|END_THINKING|><|START_RESPONSE|>Yes.<|END_RESPONSE|>', 'Yes.'],
    ['<|channel>thought\nHm.<channel|>Yes.', 'Yes.'],
    [
      '<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Yes.<|return|>',
      'Yes.',
    ],
    ['<|start|>assistant<|channel|>analysis<|message|>Hm.<|channel|>final<|message|>Yes.', 'Yes.'],
    ['<think>Hm.</think><answer>Yes.</answer>\n', 'Yes.'],
    ['Hm.</think>Yes.', 'Yes.'],
    ['Hm.\n</think>\n\nYes.', 'Yes.'],
    ['Hm. </think> Yes.', 'Yes.'],
    ['Hm.[/THINK]\nYes.', 'Yes.'],
    ['Hm.◁/think▷Yes.', 'Yes.'],
  ])('%j', (whole, text) => expectRead(whole, text, 'Hm.'));

  test('letters that are longer in lower case move nothing', () => {
    expectRead('<think>İzmir, İstanbul.</think>İkisi.', 'İkisi.', 'İzmir, İstanbul.');
    expectRead('İstanbul.</think>Evet.', 'Evet.', 'İstanbul.');
    expectRead('<THINK>Hm.</THINK><answer>İyi.</answer>', 'İyi.', 'Hm.');
  });

  test('several in a row are paragraphs; none at all leave no trace', () => {
    expectRead('<think>a</think>\n<think>b</think>c', 'c', 'a\n\nb');
    expectRead('<think>\n\n</think>\n\nYes.', 'Yes.', '');
    expectRead('</think>\n\nYes.', 'Yes.', '');
  });

  test('an end that does not come leaves thoughts alone', () => {
    expectRead('<think>Hm.\n', '', 'Hm.');
    expectRead('<|channel|>analysis<|message|>Hm.', '', 'Hm.');
    expectRead('<|channel|>final<|message|>Yes.', 'Yes.', '');
  });
});

describe('text', () => {
  test.each([
    'Yes, <think>this</think> is text.',
    'The tag `</think>` ends it.',
    'The tag “</think>” ends it.',
    'The tag </think> ends it.',
    'Use (</think>) and </thinking>, or [/THINK] there.',
    '```\n<think>Hm.</think>\n```\nis code.',
    '`<think>` begins it.',
    'Close it:\n```html\nHm.\n</think>\n```\nDone.',
    '<thinner>No.</thinner>',
    '<answer>Yes.</answer>',
    'a < b and <th',
    '[THE] end',
    '  indented',
    '',
    '\n\n',
  ])('%j', (whole) => expectRead(whole, whole, ''));

  test('whatever the pieces, the result is the same, and nothing is lost where no tag is', () => {
    const fragment = fc.constantFrom(
      '<think>',
      '</think>',
      '<answer>',
      '</answer>',
      '<|channel|>',
      'final',
      '<|message|>',
      '<|end|>',
      '`',
      ' ',
      '\n',
      'a',
      '.',
      '[THINK]',
      '[/THINK]',
      '<',
    );
    fc.assert(
      fc.property(
        fc.array(fragment, { maxLength: 14 }),
        fc.array(fc.nat(60), { maxLength: 6 }),
        (parts, cuts) => {
          const whole = parts.join('');
          const sorted = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length];
          const pieces = sorted.slice(1).map((to, at) => whole.slice(sorted[at], to));
          expect(read(pieces)).toEqual(read([whole]));
        },
      ),
    );
    fc.assert(
      fc.property(fc.string(), (whole) => {
        fc.pre(!/[<[◁]/.test(whole));
        expect(read([...whole])).toEqual({ text: whole, thoughts: '' });
      }),
    );
  });
});
