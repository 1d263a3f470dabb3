import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Batch, Events } from './sse.ts';

const control = (next: string, closed = false): string =>
  `event: control\ndata: ${JSON.stringify({ streamNextOffset: next, ...(closed && { streamClosed: true }) })}\n\n`;

function taken(...pieces: string[]): Batch[] {
  const events = new Events();
  return pieces.flatMap((piece) => [...events.take(piece)]);
}

test('one batch from several data events, up to their control', () => {
  const text = `event: data\ndata:[{"n":1}]\n\nevent: data\ndata: [\ndata: {"n":2},\ndata: {"n":3}\ndata: ]\n\n`;
  expect(taken(text + control('7'))).toMatchObject([
    { items: [{ n: 1 }, { n: 2 }, { n: 3 }], next: '7', closed: false },
  ]);
  expect(taken(text)).toEqual([]);
});

test('a control alone tells the tail, or the end', () => {
  expect(taken(control('3'), control('3', true))).toMatchObject([
    { items: [], next: '3', closed: false },
    { items: [], next: '3', closed: true },
  ]);
});

test('comments, unknown events and fields say nothing', () => {
  const text = `: hello\nretry: 10\nid: 4\nevent: other\ndata: {"streamNextOffset":"9"}\n\n`;
  expect(taken(text + control('1'))).toMatchObject([{ items: [], next: '1' }]);
});

test('text may be cut anywhere, and end its lines in any way', () => {
  const items = [{ text: 'ü😀\u2028' }, { text: '\r\n' }];
  const whole = `event: data\ndata: ${JSON.stringify(items)}\n\n${control('5')}: beat\n\n${control('5', true)}`;
  fc.assert(
    fc.property(fc.array(fc.nat(whole.length * 2)), fc.constantFrom('\n', '\r\n', '\r'), (places, ending) => {
      const text = `${whole.replaceAll('\n', ending)}:`;
      const cuts = [0, ...places.map((at) => at % text.length).sort((a, b) => a - b), text.length];
      const pieces = cuts.slice(1).map((end, n) => text.slice(cuts[n], end));
      const [first, second, ...rest] = taken(...pieces);
      expect(first).toMatchObject({ items, next: '5', closed: false });
      expect([second?.items, second?.closed, rest]).toEqual([[], true, []]);
    }),
  );
});

test.each([
  'event: control\ndata: {}\n\n',
  'event: control\ndata: x\n\n',
  `event: data\ndata: [{]\n\n${control('1')}`,
])('what is no event of the protocol is not guessed at: %j', (text) => {
  expect(() => taken(text)).toThrow(SyntaxError);
});
