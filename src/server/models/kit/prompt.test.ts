import { expect, test } from 'vitest';
import { message, text } from '../testing.ts';
import { promptOf } from './prompt.ts';

const tool = { kind: 'tool', call: 'c', name: 'look', input: '{"at":"moon"}' } as const;
const contentOf = (...parts: Parameters<typeof message>[1][]) =>
  promptOf([message('assistant', ...parts)], { reasoning: true }).at(-1)?.content;

test('text goes as it is, in one piece', () => {
  expect(contentOf(text(' a '), text('b\n'))).toEqual([{ type: 'text', text: ' a b\n' }]);
});

test('a conversation that begins with a reply is opened by a turn of a person, behind the system prompt', () => {
  const said = [
    message('system', text('Be brief.')),
    message('assistant', text('Hello, how can I help?')),
    message('user', text('Fork it')),
  ];
  const turns = promptOf(said, { reasoning: false });
  expect(turns.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
  expect(turns[1]?.content).toEqual([{ type: 'text', text: '(The assistant speaks first.)' }]);
});

test('thoughts go beside the text, or not at all', () => {
  const messages = [message('assistant', { kind: 'reasoning', text: 'Hm.' }, text('Yes.'))];
  const said = { type: 'text', text: 'Yes.' };
  expect(promptOf(messages, { reasoning: true }).at(-1)?.content).toEqual([
    { type: 'reasoning', text: 'Hm.' },
    said,
  ]);
  expect(promptOf(messages, { reasoning: false }).at(-1)?.content).toEqual([said]);
});

test('tool calls go as paragraphs of text', () => {
  expect(contentOf(text('Look. '), { ...tool, output: '"stone"' }, text('It is stone.'))).toEqual([
    {
      type: 'text',
      text: 'Look.\n\n[The tool “look” was called with {"at":"moon"} and gave: "stone"]\n\nIt is stone.',
    },
  ]);
  expect(contentOf({ ...tool, error: 'no light' })).toMatchObject([
    { text: expect.stringMatching(/^\[.*no light\]/) },
  ]);
  expect(contentOf({ ...tool, input: '' })).toMatchObject([
    { text: expect.stringMatching(/nothing and gave no result\]/) },
  ]);
});

const image = { kind: 'file', hash: 'i', name: 'cat.png', type: 'image/png', size: 3 } as const;
const notes = { kind: 'file', hash: 't', name: 'notes.txt', type: 'text/plain', size: 9 } as const;
const files = new Map([
  ['i', { type: 'image/png', bytes: new Uint8Array([1, 2, 3]) }],
  ['a', { type: 'audio/wav', bytes: new Uint8Array([4, 5]) }],
  ['t', { type: 'text/plain', bytes: new TextEncoder().encode('a ```b```\n') }],
]);
const asked = (
  options: { images?: boolean; audio?: boolean } = {},
  ...parts: Parameters<typeof message>[1][]
) => promptOf([message('user', ...parts)], { reasoning: true, files, ...options })[0]?.content;

test('an image goes as an image, before the words', () => {
  const sent = {
    type: 'file',
    mediaType: 'image/png',
    data: { type: 'data', data: new Uint8Array([1, 2, 3]) },
  };
  expect(asked({}, text('What is this?'), image)).toEqual([sent, { type: 'text', text: 'What is this?' }]);
  expect(asked({}, image)).toEqual([sent]);
});

const tone = { kind: 'file', hash: 'a', name: 'memo.wav', type: 'audio/wav', size: 2, seconds: 1 } as const;

test('audio goes as audio, or is named to a model that takes none', () => {
  const sent = { type: 'file', mediaType: 'audio/wav', data: { type: 'data', data: new Uint8Array([4, 5]) } };
  expect(asked({ images: false }, text('Who speaks?'), tone, image)).toEqual([
    sent,
    { type: 'text', text: expect.stringMatching(/^Who speaks\?[\s\S]*“cat\.png”/) },
  ]);
  expect(asked({ audio: false }, tone, text('Well?'))).toEqual([
    { type: 'text', text: '[The file “memo.wav” (audio/wav) is not shown to this model.]\n\nWell?' },
  ]);
});

test('to a model that takes no images an image is named', () => {
  expect(asked({ images: false }, image, text('Well?'))).toEqual([
    { type: 'text', text: '[The file “cat.png” (image/png) is not shown to this model.]\n\nWell?' },
  ]);
});

test('a text file goes as text, in a fence it cannot leave', () => {
  expect(asked({}, notes, text('Sum up.'))).toEqual([
    { type: 'text', text: 'The file “notes.txt”:\n````\na ```b```\n````\n\nSum up.' },
  ]);
});

test('a file is named rather than left out', () => {
  const file = { kind: 'file', hash: 'h', name: 'plan.pdf', type: 'application/pdf', size: 3 } as const;
  const [entry] = promptOf([message('user', text('Read this.'), file)], { reasoning: true });
  expect(entry?.content).toMatchObject([
    { text: expect.stringContaining('The file “plan.pdf” (application/pdf)') },
  ]);
});
