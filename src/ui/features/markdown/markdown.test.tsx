import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { Markdown } from './markdown.tsx';

const renderBlock = vi.hoisted(() => ({ calls: [] as string[] }));
vi.mock('./render-block.ts', async (original) => {
  const real = await original<typeof import('./render-block.ts')>();
  const spy: typeof real.renderBlock = (text, options) => {
    renderBlock.calls.push(text);
    return real.renderBlock(text, options);
  };
  return { ...real, renderBlock: spy };
});

/** Shows text and waits until it is formatted. */
async function show(text: string, props: { growing?: boolean; scope?: string } = {}) {
  const view = render(<Markdown text={text} scope="m1" {...props} />);
  await waitFor(() => expect(view.container.querySelector('.md')).not.toBeNull());
  return { ...view, md: view.container.querySelector('.md') as HTMLElement };
}

beforeAll(async () => {
  // KaTeX warns where a page has no doctype; happy-dom's has none.
  Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' });
  await import('./later.ts');
  await import('./code/highlighter.ts');
  await import('./formulas/formulas.ts');
});

describe('before it is loaded', () => {
  test('text is there as it was written', () => {
    const { container } = render(<Markdown text={'*one*\ntwo'} scope="m1" />);
    expect(container.textContent).toBe('*one*\ntwo');
  });
});

describe('formats', () => {
  test('headings below those of the page, lists, quotes and emphasis', async () => {
    const { md } = await show('# Plan\n\nSome *words* and **more**.\n\n1. one\n2. two\n\n> said');
    expect(within(md).getByRole('heading', { level: 2 }).textContent).toBe('Plan');
    expect(
      within(md)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ).toEqual(['one', 'two']);
    expect(md.querySelector('em')?.textContent).toBe('words');
    expect(md.querySelector('blockquote')?.textContent?.trim()).toBe('said');
  });

  test.each([
    ['note', '> [!NOTE]\n> Read **this**.', 'NoteRead this.'],
    ['tip', '> [!tip]  \n> Two.\n>\n> - more', 'TipTwo.more'],
    ['caution', '> [!CAUTION]\n>\n> Apart.', 'CautionApart.'],
    ['warning', '- item\n\n  > [!WARNING]\n  > In it.', 'WarningIn it.'],
  ])('a %s as GitHub has it, by its name', async (kind, text, words) => {
    const { md } = await show(text);
    const quote = within(md).getByRole('note', { name: new RegExp(`^${kind}$`, 'i') });
    expect(quote.dataset.alert).toBe(kind);
    expect(quote.textContent?.replace(/\n/g, '')).toBe(words);
  });

  test.each([
    '> [!NOTE] on its line',
    '> [!NOTE]**x**',
    '> [!OTHER]\n> a',
    '[!NOTE]\na',
    '> a\n> [!NOTE]',
    '> `[!NOTE]`\n> a',
  ])('%j is none', async (text) => {
    const { md } = await show(text);
    expect(within(md).queryByRole('note')).toBeNull();
    expect(md.textContent).toContain(/OTHER/.test(text) ? '[!OTHER]' : '[!NOTE]');
  });

  test('a numbered list that is cut goes on with its numbers', async () => {
    const { md } = await show('1. an item of some words\n'.repeat(1_000));
    await waitFor(() => expect(md.querySelector('[data-loading]')).toBeNull());
    const lists = [...md.querySelectorAll('ol')];
    expect(lists.length).toBeGreaterThan(2);
    let next = 1;
    for (const list of lists) {
      expect(list.start).toBe(next);
      next += list.children.length;
    }
    expect(next).toBe(1_001);
  });

  test('tables in a box that scrolls, task lists, struck words', async () => {
    const { md } = await show(
      '| a | b |\n|---|--:|\n| 1 | 2<br>3 |\n\n- [x] done\n- [ ] not\n\n~~gone~~ ~5 to ~10',
    );
    expect(within(md).getByRole('figure', { name: 'Table' }).getAttribute('tabindex')).toBe('0');
    expect(md.querySelector('td br')).not.toBeNull();
    expect(within(md).getByRole('img', { name: 'Done:' })).toBeTruthy();
    expect(within(md).getByRole('img', { name: 'To do:' })).toBeTruthy();
    expect(md.querySelector('del')?.textContent).toBe('gone');
    expect(md.textContent).toContain('~5 to ~10');
  });

  test('footnotes with ids of their message', async () => {
    const { md } = await show('See[^1].\n\n[^1]: The note.', { scope: 'm7' });
    expect([...md.querySelectorAll('[id]')].every((element) => element.id.startsWith('m7-'))).toBe(true);
    const link = within(md).getByRole('link', { name: '1' });
    expect(md.querySelector(link.getAttribute('href') as string)?.textContent).toContain('The note.');
  });

  test('links whose address stands at the end', async () => {
    const { md } = await show('See [here][a].\n\nMore.\n\n[a]: https://example.org/x');
    expect(within(md).getByRole('link').getAttribute('href')).toBe('https://example.org/x');
  });
});

describe('code', () => {
  test('names its language, is coloured and can be copied', async () => {
    const user = userEvent.setup();
    const { md } = await show('```ts\nlet a = "<b>";\n```');
    const block = within(md).getByRole('figure', { name: 'Code, ts' });
    await waitFor(() => expect(block.querySelector('.hljs-keyword')?.textContent).toBe('let'));
    expect(block.querySelector('pre')?.textContent).toBe('let a = "<b>";');
    expect(block.querySelector('b')).toBeNull();
    await user.click(within(block).getByRole('button', { name: 'Copy code' }));
    expect(await navigator.clipboard.readText()).toBe('let a = "<b>";');
    expect(await within(block).findByRole('button', { name: 'Copied' })).toBeTruthy();
  });

  test('of more than 40 lines the first are shown until all are asked for; seen being written it is whole', async () => {
    const user = userEvent.setup();
    const code = Array.from({ length: 41 }, (_, n) => `line ${n}`).join('\n');
    const { md, rerender } = await show(`\`\`\`\n${code}\n\`\`\``);
    const block = within(md).getByRole('figure', { name: 'Code' });
    const more = within(block).getByRole('button', { name: 'Show all 41 lines' });
    expect(more.getAttribute('aria-expanded')).toBe('false');
    expect(block.querySelector('pre')?.textContent).toBe(code);
    await user.click(more);
    expect(within(block).getByRole('button', { name: 'Show less', expanded: true })).toBe(more);
    rerender(<Markdown text={`\`\`\`\n${code.slice(0, -8)}\n\`\`\``} scope="m1" />);
    expect(within(md).queryByRole('button', { name: /Show/ })).toBeNull();
    const grown = await show(`\`\`\`\n${code} and more`, { growing: true });
    grown.rerender(<Markdown text={`\`\`\`\n${code} and more\n\`\`\``} scope="m1" />);
    expect(within(grown.md).getByRole('button', { name: 'Show less' })).toBeTruthy();
  });

  test('wraps its lines when asked to, and is so when it comes back', async () => {
    const user = userEvent.setup();
    const text = '```\na line to wrap\n```';
    const { md, unmount } = await show(text);
    await user.click(within(md).getByRole('button', { name: 'Wrap lines', pressed: false }));
    expect(within(md).getByRole('button', { name: 'Wrap lines', pressed: true })).toBeTruthy();
    unmount();
    const { md: again } = await show(text);
    expect(within(again).getByRole('button', { name: 'Wrap lines', pressed: true })).toBeTruthy();
  });

  test('loads a rarer language when it meets one, and leaves an unknown one alone', async () => {
    const { md } = await show('```kt\nval a = 1\n```\n\n```no-such\nval a = 1\n```');
    await waitFor(() => expect(md.querySelectorAll('.hljs-keyword')).toHaveLength(1));
  });
});

describe('tables', () => {
  test('are copied as CSV and as Markdown, once they are whole', async () => {
    const user = userEvent.setup();
    const table = '| a | b |\n| --- | --: |\n| **x, y** | $k$ |';
    const { md, rerender } = await show(table, { growing: true });
    expect(within(md).queryByRole('button')).toBeNull();
    rerender(<Markdown text={table} scope="m1" />);
    await user.click(within(md).getByRole('button', { name: 'Copy as CSV' }));
    expect(await navigator.clipboard.readText()).toBe('a,b\r\n"x, y",$k$');
    await user.click(within(md).getByRole('button', { name: 'Copy as Markdown' }));
    expect(await navigator.clipboard.readText()).toBe(table);
  });

  test('that are cut are copied whole, by buttons that stand once', async () => {
    const user = userEvent.setup();
    const rows = (from: string) => Array.from({ length: 900 }, (_, n) => `| ${from}${n} | [two][x] |`);
    const written = (head: string, from: string) =>
      [`| ${head} | b |`, '| --- | --- |', ...rows(from)].join('\n');
    const [one, two] = [written('first', 'x'), written('second', 'y')];
    const { md } = await show(`${one}\n\n${two}\n\n[x]: https://x.example/`);
    await waitFor(() => expect(md.querySelector('[data-loading]')).toBeNull());
    expect(md.querySelectorAll('table').length).toBeGreaterThan(5);
    const buttons = within(md).getAllByRole('button', { name: 'Copy as Markdown' });
    expect(buttons).toHaveLength(2);
    for (const [i, table] of [one, two].entries()) {
      await user.click(buttons[i] as HTMLElement);
      const copied = await navigator.clipboard.readText();
      expect(copied).toBe(table.replaceAll('[two][x]', '[two](https://x.example/)'));
    }
    await user.click(within(md).getAllByRole('button', { name: 'Copy as CSV' })[0] as HTMLElement);
    expect((await navigator.clipboard.readText()).split('\r\n')).toHaveLength(901);
  });
});

describe('formulas', () => {
  test('one of 20,000 characters is one block, as it was written, and says why', async () => {
    const tex = Array.from({ length: 1_000 }, (_, i) => `\\frac{a_{${i}}}{b_{${i}}} + `).join('');
    const { md } = await show(`Before.\n\n$$\n${tex}c\n$$\n\nAfter.`);
    await waitFor(() => expect(md.querySelector('.md-formula')?.textContent).toBe(`${tex}c`));
    const paragraphs = [...md.querySelectorAll('p')].map((one) => one.textContent);
    expect(paragraphs).toEqual([
      'Before.',
      `${tex}cShown as it was written: a formula of this length is not typeset.`,
      'After.',
    ]);
    expect(md.textContent).not.toContain('$$');
  });

  test('are typeset, also in tables; prices are not', async () => {
    const { md } = await show('So $x^2$ for $5 or $6.\n\n$$\ny\n$$\n\n| a |\n|---|\n| $|z|$ |');
    await waitFor(() => expect(md.querySelectorAll('.katex')).toHaveLength(3));
    expect(md.textContent).toContain('for $5 or $6.');
    expect(md.querySelectorAll('.katex-display')).toHaveLength(1);
  });

  test('cannot make links, pictures or huge boxes, and show what they cannot read', async () => {
    const tex = [
      '\\href{javascript:alert(1)}{x}',
      '\\includegraphics{https://a.example/b.png}',
      '\\notacommand',
    ];
    const { md } = await show(tex.map((one) => `$$${one}$$`).join('\n\n'));
    await waitFor(() => expect(md.querySelectorAll('.katex, .katex-error')).toHaveLength(3));
    expect(md.querySelectorAll('a, img')).toHaveLength(0);
    expect(md.textContent).toContain('\\notacommand');
  });

  test('that cannot be read are shown as they were written', async () => {
    const { md } = await show('Broken: $$\\frac{a$$ in a line.');
    await waitFor(() => expect(md.querySelector('.katex-error')).not.toBeNull());
    expect(md.querySelector('.katex-error')?.textContent).toBe('\\frac{a');
  });

  test('in code and addresses stay text', async () => {
    const { md } = await show('[$x$](https://example.org/$y$)\n\n    $z$');
    expect(within(md).getByRole('link').getAttribute('href')).toBe('https://example.org/$y$');
    expect(md.querySelector('pre')?.textContent).toContain('$z$');
  });
});

describe('hostile text', () => {
  test('HTML is shown as text and makes no element', async () => {
    const html = [
      '<script>window.owned = 1</script>',
      'inline <img src=x onerror="owned=1"> and <b onclick=x>bold</b>',
      '<svg onload="owned=1"><a xlink:href="javascript:1">x</a></svg>',
      '<iframe srcdoc="<script>1</script>"></iframe>',
      '<style>* { display: none }</style>',
      '<!-- a comment -->',
    ];
    const { md } = await show(html.join('\n\n'));
    expect(md.querySelectorAll('script, img, svg, iframe, style, b')).toHaveLength(0);
    for (const line of html) expect(md.textContent).toContain(line);
  });

  test('addresses that run or leave the page become no links', async () => {
    const { md } = await show(
      '[a](javascript:x) [b](data:text/html,x) [c](vbscript:x) [d](/c/other) [e](#top) <javascript:x> [f](java&#115;cript:x)',
    );
    expect(md.querySelectorAll('a')).toHaveLength(0);
    expect(md.textContent).toContain('a b c d e');
  });

  test('links open apart, without a trace, and show where they lead', async () => {
    const { md } = await show('[bank.example](https://evil.example/x) and https://example.org/y');
    const [first, second] = within(md).getAllByRole('link');
    expect(first?.textContent).toBe('bank.example (evil.example)');
    expect(first?.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(first?.getAttribute('target')).toBe('_blank');
    expect(second?.textContent).toBe('https://example.org/y');
  });

  test('a remote picture is a button until it is pressed; one that is refused says so', async () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null);
    const { md } = await show('![a cat](https://evil.example/pixel.png) ![dot](data:image/png;base64,AA)');
    expect(md.querySelectorAll('img')).toHaveLength(0);
    expect(md.textContent).toContain('Image left out: dot');
    await userEvent.click(within(md).getByRole('button', { name: 'Image from evil.example · Load' }));
    expect(open).toHaveBeenCalledWith('https://evil.example/pixel.png', '_blank', 'noopener,noreferrer');
    expect(md.textContent).toContain('Opens in a new tab');
  });

  test('what is too deep or too long for a parser is shown as it is', async () => {
    for (const text of ['['.repeat(10_000), '*a_ '.repeat(9_000)]) {
      const { md, unmount } = await show(`${text}end`);
      expect(md.textContent).toContain('end');
      expect(md.querySelector('ul, blockquote')).toBeNull();
      unmount();
    }
  });

  test('of what is nested too deep the first levels are formatted, and all that is around it', async () => {
    const stairs = (step: number) =>
      Array.from({ length: 60 }, (_, i) => `${' '.repeat(i * step)}- level ${i}`);
    for (const [text, levels] of [
      [`${'>'.repeat(10_000)} deep`, 'blockquote'],
      [`${'- '.repeat(5_000)}deep`, 'ul'],
      [`${stairs(2).join('\n')}\n\n${'>'.repeat(60)} deep`, 'blockquote'],
      [`${stairs(4).join('\n')} deep`, 'ul'],
    ] as const) {
      const { md, unmount } = await show(`Words **before**.\n\n${text}\n\nAnd *after*.`);
      expect(md.querySelectorAll(levels).length).toBeGreaterThanOrEqual(12);
      expect(md.textContent).toContain('deep');
      expect(md.textContent).not.toMatch(/>>|- -|- level/);
      expect(md.querySelector('strong')?.textContent).toBe('before');
      expect(md.querySelector('em')?.textContent).toBe('after');
      expect(md.textContent).not.toContain('Shown as it was written');
      unmount();
    }
  });

  test('a word of 200,000 characters is not offered formatted, which would change nothing', async () => {
    render(<Markdown text={'abc_defg*ij'.repeat(20_000)} scope="m1" />);
    expect(await screen.findByRole('button', { name: /^Show all/ })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Show formatted' })).toBeNull();
  });

  test('a megabyte in one line is plain, cut, and formatted only when asked', async () => {
    const { container } = render(<Markdown text={`**b** ${'x'.repeat(1_000_000)}`} scope="m1" />);
    expect(container.textContent?.length).toBeLessThan(70_000);
    await userEvent.click(screen.getByRole('button', { name: /^Show all/ }));
    expect(container.textContent?.length).toBeGreaterThan(1_000_000);
    await userEvent.click(screen.getByRole('button', { name: 'Show formatted' }));
    await waitFor(() => expect(container.querySelector('.md')).not.toBeNull());
  });
});

describe('while it grows', () => {
  test('a finished block is not rendered again', async () => {
    const start = '# One\n\nA paragraph.\n\n- a\n- b\n\n```js\nlet a;\n```\n\nThe end';
    const { rerender } = await show(start, { growing: true });
    const words = ' is not yet here, it takes some more words'.split(' ');
    rerender(<Markdown text={`${start} comes`} scope="m1" growing />);
    renderBlock.calls.length = 0;
    words.forEach((_, i) => {
      rerender(<Markdown text={`${start} comes${words.slice(0, i + 1).join(' ')}`} scope="m1" growing />);
    });
    // A busy machine lays out less often.
    await waitFor(() => expect(renderBlock.calls.length).toBeGreaterThan(0));
    expect(renderBlock.calls.filter((text) => !text.startsWith('The end'))).toEqual([]);
  });

  test('what comes at once is shown over several frames, also when it ends with it', async () => {
    const whole = '- an item of some words\n'.repeat(2_000);
    const view = await show(whole.slice(0, 2_000), { growing: true });
    view.rerender(<Markdown text={whole} scope="m1" />);
    expect(view.md.textContent?.length).toBeLessThan(8_000);
    await waitFor(() => expect(view.md.querySelectorAll('li')).toHaveLength(2_000));
  });

  test('its elements stay when it is finished', async () => {
    const text = 'One.\n\nTwo.';
    const { md, rerender } = await show(text, { growing: true });
    const first = md.querySelector('p');
    rerender(<Markdown text={`${text} Done.`} scope="m1" />);
    expect(md.querySelector('p')).toBe(first);
    expect(md.textContent).toContain('Two. Done.');
  });

  test('a formula without its end is shown as it is written', async () => {
    const { md } = await show('So:\n\n$$\nx + ', { growing: true });
    expect(md.querySelector('code.md-tex')?.textContent).toBe('x +');
  });
});
