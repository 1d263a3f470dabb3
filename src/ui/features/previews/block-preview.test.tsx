import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, describe, expect, test } from 'vitest';
import { Markdown } from '../markdown/index.ts';
import { BlockPreview } from './block-preview.tsx';
import { previewOf } from './kinds.ts';

/** Shows a block of that language in a message, once it is formatted. */
async function show(language: string, code: string, growing = false) {
  const view = render(<Markdown text={`\`\`\`${language}\n${code}\n\`\`\``} scope="m1" growing={growing} />);
  const block = await screen.findByRole('figure', { name: `Code, ${language}` });
  return { ...view, block: within(block), element: block };
}

beforeAll(async () => {
  await import('../markdown/later.ts');
});

describe('which', () => {
  test.each([
    ['csv', 'a,b', { kind: 'table', first: true }],
    ['JSON', '{}', { kind: 'json', first: false }],
    ['json', '1'.repeat(2_000), { kind: 'json', first: true }],
    [
      'xml',
      '<?xml version="1.0"?>\n<!-- made -->\n<svg xmlns="http://www.w3.org/2000/svg"/>',
      { kind: 'drawing', first: true },
    ],
    ['xml', '<note/>', undefined],
    ['csv', ' \n', undefined],
    ['constructor', 'x', undefined],
  ])('%s %j', (language, code, choice) => {
    expect(previewOf(language, code)).toEqual(choice);
  });
});

describe('a table', () => {
  test('is sorted by its heads, up, down and as it was', async () => {
    const { block } = await show('csv', 'name,size\nb,10\na,9');
    const head = () => block.getByRole('columnheader', { name: 'size' });
    const first = () =>
      within(block.getAllByRole('row')[1] as HTMLElement).getAllByRole('cell')[0]?.textContent;
    await block.findByRole('table');
    expect(head().getAttribute('aria-sort')).toBe('none');
    await userEvent.click(within(head()).getByRole('button'));
    expect([head().getAttribute('aria-sort'), first()]).toEqual(['ascending', 'a']);
    await userEvent.keyboard('{Enter}');
    expect([head().getAttribute('aria-sort'), first()]).toEqual(['descending', 'b']);
    await userEvent.keyboard(' ');
    expect([head().getAttribute('aria-sort'), first()]).toEqual(['none', 'b']);
  });

  test('of many rows shows some, and the rest when it is asked for', async () => {
    const rows = Array.from({ length: 500 }, (_, n) => `${n},x`).join('\n');
    const { block } = await show('csv', `n,x\n${rows}`);
    await userEvent.click(await block.findByRole('button', { name: 'Show 300 more rows (300 left)' }));
    expect(block.getAllByRole('row')).toHaveLength(501);
    expect(block.queryByRole('button', { name: /more rows/ })).toBeNull();
  });

  test('source and preview can be chosen, and the choice outlives the row', async () => {
    const code = 'kept,b\n1,2';
    const { block, unmount } = await show('csv', code);
    await block.findByRole('table');
    await userEvent.click(block.getByRole('button', { name: 'Source' }));
    expect(block.queryByRole('table')).toBeNull();
    expect(block.getByText(/kept,b/)).toBeTruthy();
    unmount();
    const again = await show('csv', code);
    expect(again.block.queryByRole('table')).toBeNull();
    expect(again.block.getByRole('button', { name: 'Source' }).getAttribute('aria-pressed')).toBe('true');
  });
});

test('while it is written a block is its source, without a choice', async () => {
  const { block } = await show('csv', 'live,b\n1,2', true);
  expect(block.queryByRole('group', { name: 'Show as' })).toBeNull();
  expect(block.queryByRole('table')).toBeNull();
});

test('JSON is folded, unfolded by keys, with its numbers as they are written', async () => {
  const { block } = await show('json', '{"id": 12345678901234567890, "deep": {"er": {"x": [1]}}}');
  await userEvent.click(block.getByRole('button', { name: 'Preview' }));
  const fold = await block.findByRole('button', { name: /^er\b.*1 entry/ });
  expect(fold.getAttribute('aria-expanded')).toBe('false');
  fold.focus();
  await userEvent.keyboard('{Enter}');
  expect(block.getByRole('button', { name: /^x\b.*1 item/ })).toBeTruthy();
});

test.each([
  ['csv', 'only one column', /no second column or row/],
  ['diff', 'nothing\nchanged', /No line of this is added or removed/],
  ['json', `{"a": ${'broken '.repeat(200)}`, /^This is not valid JSON: .+\. Here is its source\.$/],
])('%s that cannot be shown says why, with its source', async (language, code, why) => {
  const { block, element } = await show(language, code);
  expect((await block.findByRole('status')).textContent).toMatch(why);
  expect(element.querySelector('pre')?.textContent).toContain(code.slice(0, 10));
});

test('what is too long says so, with its source', () => {
  render(
    <BlockPreview kind="table" code={'1,2\n'.repeat(300_000)} language="csv" source={<p>as written</p>} />,
  );
  expect(screen.getByRole('status').textContent).toMatch(
    /^Too long to preview \(over 1,000,000 characters\)/,
  );
  expect(screen.getByText('as written')).toBeTruthy();
});

test('a diff says what came and what went without colours', async () => {
  const { block } = await show('diff', '@@ -1 +1 @@\n-old\n+new');
  await waitFor(() => expect(block.getByText('1 line added, 1 removed')).toBeTruthy());
  expect(block.getByText('added:')).toBeTruthy();
  expect(block.getByText('removed:')).toBeTruthy();
});
