import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { quickCheck, testOf } from './quick-check.ts';
import { generationSchema, headerSchema, outlineItemSchema } from './streams/items.ts';

const author = fc.oneof(
  fc.constant({ kind: 'user' }),
  fc.constant({ kind: 'model', name: 'Demo', model: { source: 'demo', id: 'demo' } }),
  fc.constant({ kind: 'of a later version', name: 'Somebody' }),
);
const id = fc.stringMatching(/^[a-z0-9-]{8,20}$/);
const offset = fc.constantFrom('-1', '0_1', '0000_0042');
const time = fc.nat();
const end = fc.record(
  {
    reason: fc.constant('failed'),
    at: time,
    length: fc.boolean(),
    failure: fc.constant({ code: 'rate', sentence: 'Too fast.', retryAfter: 9 }),
  },
  { requiredKeys: ['reason', 'at'] },
);
const origin = fc.record(
  { kind: fc.constant('edit'), of: id, begun: time, cut: fc.constant(true) },
  { requiredKeys: ['kind'] },
);
const header = fc.record(
  {
    ...{
      id,
      parent: fc.option(id),
      role: fc.constantFrom('user', 'assistant'),
      author,
      origin,
      time,
      preview: fc.string(),
    },
    ...{ branch: id, start: offset, end: offset, finish: end, usage: fc.constant({ input: 1, cached: 0.5 }) },
    ...{ files: fc.array(fc.string()), quotes: fc.array(id), temperature: fc.double(), copy: id },
    ...{
      context: fc.constant({ window: 8_192, read: 10, of: 12 }),
      summary: fc.constant({ from: 'message-1', to: 'message-2', keep: 1, words: 2, prompt: null }),
    },
  },
  { requiredKeys: ['id', 'parent', 'role', 'author', 'origin', 'time', 'preview', 'branch', 'start', 'end'] },
);
const generation = fc.record(
  {
    ...{
      id,
      parent: id,
      branch: id,
      at: offset,
      model: fc.constant({ source: 'demo', id: 'demo' }),
      name: fc.string(),
    },
    ...{ origin, started: time, demo: fc.boolean(), end, folder: fc.string() },
  },
  { requiredKeys: ['id', 'parent', 'branch', 'at', 'model', 'name', 'origin', 'started'] },
);
const mark = fc.record(
  {
    id,
    at: time,
    star: fc.boolean(),
    label: fc.string(),
    colour: fc.constantFrom('red', 'none'),
    pruned: fc.boolean(),
  },
  { requiredKeys: ['id', 'at'] },
);
const from = fc.option(fc.record({ stream: fc.string(), offset, message: id }));
const v = fc.constant(1);
const item: fc.Arbitrary<object> = fc.oneof(
  fc.record({ v, kind: fc.constant('message'), message: header }),
  fc.record({ v, kind: fc.constant('generation'), generation }),
  fc.record({ v, kind: fc.constant('generation-end'), id, end }),
  fc.record({ v, kind: fc.constant('mark'), mark }),
  fc.record({
    v,
    kind: fc.constant('branch'),
    branch: fc.record({ id, kind: fc.constant('fork'), from, at: time }),
  }),
);

/** What a later version, a torn write or somebody hostile might put in the place of a field. */
const odd = fc.oneof(
  fc.constantFrom<unknown[]>(
    undefined,
    null,
    '',
    '__proto__',
    'x'.repeat(400),
    -1,
    0.5,
    2 ** 60,
    Number.POSITIVE_INFINITY,
    true,
    [],
    [null],
    {},
  ),
  fc.jsonValue(),
);

type Holder = Record<string, unknown>;

/** The value with one of its fields, however deep, gone or another. */
function changed(value: object, steps: readonly number[], by: unknown, isGone: boolean): unknown {
  const copy = structuredClone(value) as Holder;
  let at = copy;
  for (const step of steps) {
    const names = Object.keys(at);
    const name = names[step % names.length];
    if (name === undefined) break;
    const below = at[name];
    if (typeof below === 'object' && below !== null && step % 3 > 0) at = below as Holder;
    else if (isGone) delete at[name];
    else at[name] = by;
  }
  return copy;
}

describe('a test of what an outline says', () => {
  const test = testOf(outlineItemSchema);
  const takes = (value: unknown) => outlineItemSchema.safeParse(value).success;

  it('takes whatever is as it is written', () => {
    fc.assert(fc.property(item, (value) => test?.(value) === true && takes(value)));
  });

  it('takes what the schema takes, whatever becomes of a field', () => {
    const steps = fc.array(fc.nat(30), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(item, steps, odd, fc.boolean(), (value, path, by, isGone) => {
        const other = changed(value, path, by, isGone);
        expect(test?.(other)).toBe(takes(other));
      }),
      { numRuns: 3_000 },
    );
  });

  it('takes nothing that is no item', () => {
    fc.assert(
      fc.property(odd, (value) => {
        expect(test?.(value)).toBe(takes(value));
      }),
    );
  });

  it.each([headerSchema, generationSchema])('knows all that the schema is made of', (schema) => {
    expect(testOf(schema)).toBeDefined();
  });
});

describe('what is not known here', () => {
  it.each([
    ['a record', z.record(z.string(), z.string()), { a: 'b' }],
    ['a field of a kind', z.object({ a: z.record(z.string(), z.string()) }), { a: { b: 'c' } }],
    ['a format', z.object({ a: z.email() }), { a: 'me@example.org' }],
    ['a check', z.object({ a: z.string().check(z.startsWith('b')) }), { a: 'bc' }],
    ['an expression that keeps its place', z.string().check(z.regex(/a/g)), 'a'],
    ['fields that are refused', z.strictObject({ a: z.string() }), { a: 'b' }],
    ['a union without a field that says which', z.union([z.string(), z.null()]), null],
  ])('is left to the schema: %s', (_, schema, value) => {
    expect(testOf(schema)).toBeUndefined();
    const parse = vi.spyOn(schema, 'safeParse');
    const takes = quickCheck(schema as z.ZodMiniType);
    expect([takes(value), takes(5)]).toEqual([true, false]);
    expect(parse).toHaveBeenCalledTimes(2);
  });
});

it('asks the schema of what the test does not take alone', () => {
  const schema = z.object({ a: z.optional(z.string()) });
  const parse = vi.spyOn(schema, 'safeParse');
  const takes = quickCheck(schema);
  expect([takes({}), takes({ a: undefined }), takes({ a: 'b', more: 1 })]).toEqual([true, true, true]);
  expect(parse).not.toHaveBeenCalled();
  expect(takes({ a: 1 })).toBe(false);
  expect(parse).toHaveBeenCalledOnce();
});
