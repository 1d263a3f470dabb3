import { expect, test } from 'vitest';
import { type Message, type Part, VERSION } from '../../../protocol/index.ts';
import { promptOf } from './prompt.ts';

const file = (name: string, type: string): Part => ({ kind: 'file', hash: name, name, type, size: 3 });
const saying = (...parts: Part[]): Message => ({
  ...{ v: VERSION, kind: 'message', id: 'm1', parent: null, role: 'user', author: { kind: 'user' } },
  ...{ parts, origin: { kind: 'send' }, time: 1 },
});
const bytes = new Uint8Array([1, 2, 3]);
const files = new Map([
  ['cat.png', { type: 'image/png', bytes }],
  ['memo.mp3', { type: 'audio/mpeg', bytes }],
]);
const NOTHING = { images: false, audio: false, embeds: false };
const told = (facts: Partial<typeof NOTHING>, ...parts: Part[]) =>
  promptOf({
    context: { messages: [saying(...parts)], files },
    ...{ after: undefined, facts: { ...NOTHING, ...facts }, name: 'Scripted' },
  });

test('an agent that takes images and audio gets them as what they are', () => {
  const parts = [file('cat.png', 'image/png'), file('memo.mp3', 'audio/mpeg')];
  expect(told({ images: true, audio: true }, ...parts)).toEqual([
    { type: 'image', mimeType: 'image/png', data: 'AQID' },
    { type: 'audio', mimeType: 'audio/mpeg', data: 'AQID' },
  ]);
});

test.each([
  ['images', file('cat.png', 'image/png')],
  ['audio', file('memo.mp3', 'audio/mpeg')],
] as const)('one that takes no %s says so', (media, part) => {
  const others = { images: media !== 'images', audio: media !== 'audio' };
  expect(() => told(others, part)).toThrow(
    expect.objectContaining({
      failure: {
        code: `no-${media}`,
        sentence: expect.stringMatching(
          new RegExp(`^Scripted takes no ${media}\\. Take “.*” away and ask again\\.$`),
        ),
      },
    }),
  );
});
