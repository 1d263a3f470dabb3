import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Harness, startHarness } from '../testing.ts';

let server: Harness;
beforeEach(async () => {
  server = await startHarness();
});
afterEach(() => server.close());

const get = (query: string) => fetch(`${server.url}/api/find?${query}`);

it('hands on what is asked, and nothing is cached', async () => {
  const asked = 'conversation=conv-0001&q=caf%C3%A9%20%22two%20weeks%22&role=user&starred=1&after=5&skip=50';
  const response = await get(asked);
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.json()).toEqual({ ids: [], hits: [] });
  expect(server.found).toEqual([
    {
      conversation: 'conv-0001',
      query: { words: 'café "two weeks"', role: 'user', after: 5, starred: true, asides: false },
      skip: 50,
    },
  ]);
});

it('asks of all conversations where none is named', async () => {
  const asked = 'q=caf%C3%A9&model=Big&file=1&archived=1&after=5&most=8&from=77&choices=1';
  const response = await get(asked);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.json()).toEqual({ hits: [], conversations: [], reading: { done: 1, of: 2 } });
  expect(server.found).toEqual([
    {
      query: {
        ...{ words: 'café', model: 'Big', file: true, archived: true, after: 5, most: 8, from: '77' },
      },
      choices: true,
    },
  ]);
});

it.each([
  ['an empty conversation', 'conversation=&q=x'],
  ['more hits than there are', 'q=x&most=51'],
  ['a place nobody gave', 'q=x&from=top'],
  ['a field of all that nobody knows', 'q=x&skip=50'],
  ['words without end in all', `q=${'x'.repeat(201)}`],
  ['a bad id', 'conversation=../../x&q=x'],
  ['a field nobody knows', 'conversation=conv-0001&q=x&regex=1'],
  ['a date that is none', 'conversation=conv-0001&after=yesterday'],
  ['words without end', `conversation=conv-0001&q=${'x'.repeat(201)}`],
])('refuses %s with a sentence', async (_, query) => {
  const response = await get(query);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'bad-request', detail: expect.stringMatching(/./) });
  expect(server.found).toEqual([]);
});
