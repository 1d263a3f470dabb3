import { act, fireEvent, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { countIn } from '../../../../protocol/find/find.ts';
import type { Part } from '../../../../protocol/index.ts';
import * as kinds from '../../../../protocol/parts/kinds.ts';
import { markInTree, useShownPart } from '../../../stores/tree-hits.ts';
import { markableText, PartsOf } from './part-props.ts';
import { PartView } from './part-view.tsx';
import { OpenReplyContext } from './question.tsx';
import * as views from './views.ts';

const show = (part: Part) => render(<PartView part={part} scope="p" writing={false} seconds={undefined} />);

test('every kind has a view, under its own name in both lists', () => {
  expect(Object.keys(views).sort()).toEqual(Object.keys(kinds).sort());
  for (const [name, { kind }] of Object.entries(kinds)) expect(kind).toBe(name);
});

test.each([
  ['of a kind it does not know', JSON.parse('{ "kind": "itinerary", "steps": ["look"] }'), 'itinerary'],
  ['it cannot read', { kind: 'kept', of: 'text', part: { kind: 'text', text: 5 } } as const, 'text'],
  ['of a kind called as nothing is', JSON.parse('{ "kind": "<b>bold</b>" }'), 'something'],
])('a part %s says that it is there, and shows what is stored when asked', (_what, part, name) => {
  show(part);
  const title = screen.getByRole('button', { name: `Something this version of Bough cannot show: ${name}` });
  fireEvent.click(title);
  expect(document.querySelector('pre')?.textContent).toContain(`"kind": ${JSON.stringify(part.kind)}`);
});

test('data is a table, which shows its first rows until asked for all', () => {
  const value = Array.from({ length: 45 }, (_, n) => ({ n, city: `City ${n}` }));
  show({ kind: 'data', name: 'Stays', value });
  expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual(['n', 'city']);
  expect(screen.getAllByRole('row')).toHaveLength(11);
  fireEvent.click(screen.getByRole('button', { name: 'Show all 45 rows' }));
  expect(screen.getAllByRole('row')).toHaveLength(46);
});

test('data that is no table is JSON under its name', () => {
  show({ kind: 'data', name: 'Settings', value: { a: [1] } });
  fireEvent.click(screen.getByRole('button', { name: 'Settings' }));
  expect(document.querySelector('pre')?.textContent).toBe(JSON.stringify({ a: [1] }, null, 2));
});

test('what an agent was doing when its turn ended is not said to run', async () => {
  const part = { kind: 'call', id: 'c', title: 'Run tests', states: 'pending in_progress' } as const;
  const { unmount } = render(
    <OpenReplyContext value={{ conversation: 'c', reply: 'r' }}>
      <PartView part={part} scope="p" writing={false} seconds={undefined} />
    </OpenReplyContext>,
  );
  expect((await screen.findByRole('group', { name: 'Tool: Run tests' })).textContent).toContain('runs');
  unmount();
  show(part);
  expect((await screen.findByRole('group', { name: 'Tool: Run tests' })).textContent).toContain(
    'not finished',
  );
});

test.each(['__proto__', 'constructor'])(
  'an agent may call a state “%s”, as what every object has',
  async (state) => {
    show({ kind: 'call', id: 'c', title: 'Run tests', states: state });
    expect((await screen.findByRole('group', { name: 'Tool: Run tests' })).textContent).toContain(
      state.replaceAll('_', ' ').trim(),
    );
    show({ kind: 'plan', steps: [{ text: 'Sow oaks', state }] });
    expect((await screen.findByText(state)).className).toContain('sr-only');
  },
);

test('of what is looked for the first place is unfolded, in the message one is at; others say what they hold', () => {
  const tool = (name: string, output: string): Part => ({
    kind: 'tool',
    call: name,
    name,
    input: '',
    output,
  });
  const parts = [
    tool('elms', 'No elms in the wood'),
    tool('oaks', 'Three oaks'),
    tool('wood', 'The wood is wood: the oaks'),
    tool('sky', 'Blue'),
  ];
  function Parts() {
    const shown = useShownPart('m', parts, markableText);
    return (
      <PartsOf value={{ message: 'm', shown }}>
        {parts.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they stay
          <PartView key={at} part={part} scope={`${at}`} writing={false} seconds={undefined} />
        ))}
      </PartsOf>
    );
  }
  render(<Parts />);
  const folds = () =>
    screen.getAllByRole('button').map((fold) => [fold.textContent, fold.getAttribute('aria-expanded')]);
  const look = (at: 'hit' | 'current', shown: string, all: readonly string[]) =>
    act(() =>
      markInTree('c', new Map([['m', at]]), {
        isShownIn: (text) => text.includes(shown),
        countIn: (text) => countIn(text, all, 100),
      }),
    );
  const nothing = ['elms', 'oaks', 'wood', 'sky'].map((name) => [`Used ${name}`, 'false']);
  look('hit', 'oaks', ['oaks', 'the']);
  expect(folds()).toEqual(nothing);
  look('current', 'oaks', ['oaks', 'the']);
  expect(folds()).toEqual([
    ['Used elms · 1 hit', 'false'],
    ['Used oaks', 'true'],
    ['Used wood · 3 hits', 'false'],
    ['Used sky', 'false'],
  ]);
  act(() => markInTree('c', new Map()));
  // Nothing moves under who reads.
  expect(folds()).toEqual([nothing[0], ['Used oaks', 'true'], nothing[2], nothing[3]]);
});
