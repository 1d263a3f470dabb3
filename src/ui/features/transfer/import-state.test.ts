import { expect, it } from 'vitest';
import type { ImportLine, ImportPreview } from '../../../protocol/requests/transfer.ts';
import { BEGIN, type ImportEvent, type ImportState, nextImport, totalOf } from './import-state.ts';
import { brought } from './strings.ts';

const after = (...events: ImportEvent[]): ImportState => events.reduce(nextImport, BEGIN);
const line = (given: object): ImportEvent => ({ kind: 'line', line: given as ImportLine });
const one = (id: string) => line({ kind: 'conversation', id, title: id });
const END = line({ kind: 'end' });
const FOUND: ImportEvent[] = [
  { kind: 'file', name: 'a.zip' },
  { kind: 'stored', id: 'up' },
  one('x'),
  one('y'),
  line({ kind: 'unreadable', sentence: 'No.' }),
  END,
];

it('goes from the file to what is in it, and all of it is wanted at first', () => {
  expect(after({ kind: 'file', name: 'a.zip' }, { kind: 'sent', part: 0.5 })).toEqual({
    kind: 'uploading',
    name: 'a.zip',
    part: 0.5,
  });
  const chosen = after(...FOUND);
  expect(chosen).toMatchObject({
    kind: 'chosen',
    id: 'up',
    unreadable: ['No.'],
    wanted: new Set(['x', 'y']),
  });
});

it('brings in what is wanted, and counts', () => {
  const without = [...FOUND, { kind: 'want', ids: ['x'], on: false } as const];
  expect(after(...without)).toMatchObject({ wanted: new Set(['y']) });
  const done = after(
    ...without,
    { kind: 'run' },
    line({ kind: 'brought', id: 'y', title: 'Y', added: 2, known: 1, missing: 1 }),
    line({ kind: 'failed', id: 'z', title: 'Z', sentence: 'Gone.' }),
    END,
  );
  expect(done).toMatchObject({
    kind: 'done',
    stopped: false,
    brought: { conversations: 1, first: { id: 'y', title: 'Y' }, added: 2, known: 1, missing: 1 },
    failed: ['Z: Gone.'],
  });
  expect(after(...FOUND, { kind: 'want', ids: ['x', 'y'], on: false }, { kind: 'run' })).toMatchObject({
    kind: 'chosen',
  });
});

it('costs the same for each line, however many came before', () => {
  const looking = after({ kind: 'file', name: 'a' }, { kind: 'stored', id: 'up' }, one('x'));
  const next = nextImport(looking, one('y'));
  if (looking.kind !== 'looking' || next.kind !== 'looking') throw new Error(next.kind);
  // What was there is shared, not copied.
  expect(next.found?.below).toBe(looking.found);
  const bringing = after(
    ...FOUND,
    { kind: 'run' },
    line({ kind: 'failed', id: 'x', title: 'X', sentence: 'No.' }),
  );
  const more = nextImport(bringing, line({ kind: 'failed', id: 'y', title: 'Y', sentence: 'No.' }));
  if (bringing.kind !== 'bringing' || more.kind !== 'bringing') throw new Error(more.kind);
  expect(more.failed?.below).toBe(bringing.failed);
  expect(more.found).toBe(bringing.found);
  const many = Array.from({ length: 20_000 }, (_, n) => one(`c${n}`));
  const chosen = after({ kind: 'file', name: 'a' }, { kind: 'stored', id: 'up' }, ...many, END);
  if (chosen.kind !== 'chosen') throw new Error(chosen.kind);
  expect(chosen.found.map(({ id }) => id).slice(0, 2)).toEqual(['c0', 'c1']);
  expect([chosen.found.length, chosen.wanted.size]).toEqual([20_000, 20_000]);
});

it('keeps what was brought in when it is given up or breaks off, and begins anew before', () => {
  expect(after({ kind: 'file', name: 'a' }, { kind: 'given-up', problem: 'Too large.' })).toEqual({
    kind: 'choosing',
    problem: 'Too large.',
  });
  expect(
    after(
      { kind: 'file', name: 'a' },
      { kind: 'stored', id: 'i' },
      line({ kind: 'stopped', sentence: 'Locked.' }),
    ),
  ).toEqual({ kind: 'choosing', problem: 'Locked.' });
  const begun = [
    ...FOUND,
    { kind: 'run' } as const,
    line({ kind: 'brought', id: 'x', title: 'X', added: 1, known: 0, missing: 0 }),
  ];
  expect(after(...begun, { kind: 'given-up' })).toMatchObject({
    kind: 'done',
    stopped: true,
    failed: [],
    brought: { added: 1 },
  });
  expect(after(...begun, { kind: 'given-up', problem: 'Connection lost.' })).toMatchObject({
    kind: 'done',
    failed: ['Connection lost.'],
  });
});

it('says all of it in numbers, and what is odd in it, the most frequent first', () => {
  const found = [
    { messages: 3, branches: 2, files: 1, odd: [{ what: 'No time', times: 1 }] },
    {
      messages: 4,
      branches: 1,
      files: 0,
      odd: [
        { what: 'No parent', times: 2 },
        { what: 'No time', times: 3 },
      ],
    },
  ] as unknown as ImportPreview[];
  expect(totalOf(found)).toEqual({
    ...{ conversations: 2, messages: 7, branched: 1, files: 1 },
    odd: [
      ['No time', 4],
      ['No parent', 2],
    ],
  });
});

it.each([
  [2, 26, '2 conversations imported, 26 messages are new.'],
  [1, 1, '1 conversation imported, 1 message is new.'],
  [0, 4, '4 messages are new.'],
  [0, 0, 'Nothing is new.'],
])(
  'says of %d new conversations and %d new messages what became of them',
  (conversations, messages, said) => {
    expect(brought(conversations, messages)).toBe(said);
  },
);
