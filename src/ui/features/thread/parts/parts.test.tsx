import { act, fireEvent, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Part } from '../../../../protocol/index.ts';
import * as kinds from '../../../../protocol/parts/kinds.ts';
import { markInTree } from '../../../stores/tree-hits.ts';
import { PartsOf } from './part-props.ts';
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

test('what is looked for is not left folded, in the message one is at', () => {
  const tool = (name: string, output: string): Part => ({
    kind: 'tool',
    call: name,
    name,
    input: '',
    output,
  });
  render(
    <PartsOf value="m">
      <PartView part={tool('oaks', 'Three oaks')} scope="a" writing={false} seconds={undefined} />
      <PartView part={tool('elms', 'No elms')} scope="b" writing={false} seconds={undefined} />
    </PartsOf>,
  );
  const look = (at: 'hit' | 'current') =>
    act(() => markInTree('c', new Map([['m', at]]), (text) => text.includes('Three')));
  look('hit');
  expect(screen.queryByText('Three oaks')).toBeNull();
  look('current');
  expect(screen.getByText('Three oaks')).toBeTruthy();
  expect(screen.queryByText('No elms')).toBeNull();
  act(() => markInTree('c', new Map()));
  expect(screen.getByText('Three oaks')).toBeTruthy();
});
