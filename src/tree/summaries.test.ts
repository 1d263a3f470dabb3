import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldOutline } from './fold-outline.ts';
import { countCovered, coveredBy, lastTurns, readChain, readUpFrom } from './summaries.ts';
import { emptyTree } from './tree.ts';
import type { MessageHeader, Summarised } from './types.ts';

type Sign = 'u' | 'a' | 's' | 'S';

/** A chain, root first: u a person, a a reply, s a system prompt, S a summary that keeps `keep` turns. */
function chain(signs: string, keep = 1): MessageHeader[] {
  return [...signs].map((sign, at) => header(`m${at}`, at === 0 ? null : `m${at - 1}`, sign as Sign, keep));
}

function header(id: string, parent: string | null, sign: Sign, keep: number): MessageHeader {
  const role = { u: 'user', a: 'assistant', s: 'system', S: 'assistant' } as const;
  const summary: Summarised = { from: 'm0', to: 'm1', keep, words: 3 };
  return {
    ...{
      id,
      parent,
      role: role[sign],
      author: { kind: 'user' },
      preview: id,
      branch: 'b',
      start: '1',
      end: '2',
    },
    ...{ origin: { kind: sign === 'S' ? 'summary' : 'send' }, time: 1, ...(sign === 'S' && { summary }) },
  };
}

const ids = (headers: readonly MessageHeader[]) => headers.map(({ id }) => id);

it('counts turns by messages of people', () => {
  const said = chain('uauuaua');
  expect([0, 1, 2, 3, 4, 9].map((keep) => lastTurns(said, said.length, keep))).toEqual([7, 5, 3, 2, 0, 0]);
});

it('reads the last summary, what it keeps, and what came after', () => {
  const read = readChain(chain('suauaSuaua'));
  expect([read.prompt?.id, read.summary?.id, ids(read.kept), ids(read.after)]).toEqual([
    ...['m0', 'm5', ['m3', 'm4'], ['m6', 'm7', 'm8', 'm9']],
  ]);
  const again = readChain(chain('suauaSuaS', 2));
  expect([again.summary?.id, ids(again.kept), ids(again.after)]).toEqual([
    'm8',
    ['m3', 'm4', 'm6', 'm7'],
    [],
  ]);
});

it('one that says nothing stands for nothing', () => {
  const said = chain('uaS').map((one) =>
    one.summary ? { ...one, summary: { ...one.summary, words: 0 } } : one,
  );
  expect(readChain(said).summary).toBeUndefined();
  expect(ids(readChain(said).after)).toEqual(['m0', 'm1', 'm2']);
});

it('stands for all but the turns it keeps, prompts and earlier summaries not counted', () => {
  const said = chain('suauaSua');
  expect(coveredBy(said, 1)).toEqual({ from: 'm1', to: 'm4' });
  expect(coveredBy(said, 0)).toEqual({ from: 'm1', to: 'm7' });
  expect(coveredBy(said, 3)).toBeUndefined();
  const [last] = chain('S');
  const summary = { from: 'm1', to: 'm7', keep: 0, words: 1 };
  const messages = [...said, { ...(last as MessageHeader), id: 'S', parent: 'm7', summary }];
  const tree = foldOutline(
    emptyTree,
    messages.map((message) => ({ kind: 'message', message })),
  );
  expect([countCovered(tree, 'S'), countCovered(tree, 'm1'), countCovered(tree, 'none')]).toEqual([6, 0, 0]);
});

it('a way of parents in a circle is counted once', () => {
  const [a, b] = chain('ua');
  const circle = { ...(a as MessageHeader), parent: 'm1' };
  const summary = { from: 'nowhere', to: 'm1', keep: 0, words: 1 };
  const messages = [circle, b as MessageHeader, { ...header('S', 'm1', 'S', 0), summary }];
  const tree = foldOutline(
    emptyTree,
    messages.map((message) => ({ kind: 'message', message })),
  );
  expect(countCovered(tree, 'S')).toBe(2);
});

it('whatever is in the chain: kept and covered are all that was said before the summary, once each', () => {
  const sign = fc.constantFrom<Sign>('u', 'a', 's', 'S');
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 30 }), fc.nat(6), (signs, keep) => {
      const said = chain(signs.join(''), keep);
      const end = header('end', said.at(-1)?.id ?? null, 'S', keep);
      const { kept, summary, after } = readChain([...said, end]);
      expect([summary?.id, after]).toEqual(['end', []]);
      const counted = said.filter(({ role, origin }) => role !== 'system' && origin.kind !== 'summary');
      const covered = coveredBy(said, keep);
      const last = covered ? counted.findIndex(({ id }) => id === covered.to) : -1;
      expect(ids(kept.filter(({ origin }) => origin.kind !== 'summary'))).toEqual(
        ids(counted.slice(last + 1)).slice(-kept.length || counted.length),
      );
    }),
  );
});

/** As they are written: each summary names the system prompt in force. */
const tellingPrompts = (said: readonly MessageHeader[]): MessageHeader[] =>
  said.map((one, at) => {
    if (!one.summary) return one;
    const prompt = said.slice(0, at).findLast(({ role }) => role === 'system')?.id ?? null;
    return { ...one, summary: { ...one.summary, prompt } };
  });

it('walks no further up than to what a summary keeps, where that names the system prompt', () => {
  const said = tellingPrompts(chain(`sua${'ua'.repeat(20)}Sua`));
  const messages = new Map(said.map((message) => [message.id, message]));
  const asked: string[] = [];
  const get = messages.get.bind(messages);
  messages.get = (id) => {
    asked.push(id);
    return get(id);
  };
  const read = readUpFrom({ ...emptyTree, messages }, said.at(-1)?.id ?? '');
  expect([read.prompt?.id, read.kept.length]).toEqual(['m0', 2]);
  expect(asked.length).toBeLessThan(9);
});

it('is the same walked up from the tip, whatever is in the chain', () => {
  const sign = fc.constantFrom<Sign>('u', 'a', 's', 'S');
  fc.assert(
    fc.property(
      fc.array(sign, { minLength: 1, maxLength: 30 }),
      fc.nat(5),
      fc.boolean(),
      (signs, keep, tells) => {
        const plain = chain(signs.join(''), keep);
        const said = tells ? tellingPrompts(plain) : plain;
        const tree = foldOutline(
          emptyTree,
          said.map((message) => ({ kind: 'message', message })),
        );
        const tip = said.at(-1)?.id ?? '';
        expect(readUpFrom(tree, tip)).toEqual(readChain(said));
        expect(readUpFrom(tree, tip)).toEqual(readChain(said));
      },
    ),
  );
  expect(readUpFrom(emptyTree, 'none')).toEqual({ kept: [], after: [] });
});
