import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Part } from '../../../../protocol/index.ts';
import * as kinds from '../../../../protocol/parts/kinds.ts';
import { PartView } from './part-view.tsx';
import * as views from './views.ts';

const show = (part: Part) => render(<PartView part={part} scope="p" writing={false} seconds={undefined} />);

test('every kind has a view, under its own name in both lists', () => {
  expect(Object.keys(views).sort()).toEqual(Object.keys(kinds).sort());
  for (const [name, { kind }] of Object.entries(kinds)) expect(kind).toBe(name);
});

test.each([
  ['of a kind it does not know', JSON.parse('{ "kind": "plan", "steps": ["look"] }'), 'plan'],
  ['it cannot read', { kind: 'kept', of: 'text', part: { kind: 'text', text: 5 } } as const, 'text'],
  ['of a kind called as nothing is', JSON.parse('{ "kind": "<b>bold</b>" }'), 'something'],
])('a part %s says that it is there, and shows what is stored when asked', (_what, part, name) => {
  show(part);
  const title = screen.getByRole('button', { name: `Something this version of Bough cannot show: ${name}` });
  fireEvent.click(title);
  expect(document.querySelector('pre')?.textContent).toContain(`"kind": ${JSON.stringify(part.kind)}`);
});
