// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of a shell are what is tested
import { expect, test } from '../../fixtures.ts';

/** Texts as people and models write them that were shown wrong once (docs/interface.md, "Awkward texts"). */
const AWKWARD = [
  '这是**“重点”**内容。**注意：**请看https://example.com。好',
  '**「A」**なので**「B」**',
  '```markdown\n# Inner\n\n```bash\nnpm i\n```\n\nlast line\n```',
  '- item\n  ```sh\n  run\n```\n\nAfter the list.',
  '| `a|b` | c |\n|---|---|\n| `x || y` | z |',
  'As shown \\[1\\] and \\[Smith 2020\\], array\\[0\\], \\[text\\](url), Use ${HOME}/${USER}.',
  'AutoClaw چطور کار میکنه؟',
  '- API یک رابط است.',
  '[click \u202e](https://moc.knab.evil.example)',
  `${'a|'.repeat(800)}\n${'-|'.repeat(800)}\n${'b\n'.repeat(800)}`,
  'See [there][late] and a note[^1].',
  '[late]: https://late.example/x\n\n[^1]: The note.',
].join('\n\n');

test('awkward texts are read as they are meant', async ({ chat }) => {
  await chat.openNew(/^echo/);
  const reply = await chat.ask(AWKWARD, 2);
  await expect(reply.locator('[data-growing]')).toHaveCount(0);
  await expect(reply.getByText('Shown as it was written')).toBeVisible();
  await expect(reply.locator('strong')).toHaveText(['“重点”', '注意：', '「A」', '「B」']);
  await expect(reply.getByRole('link', { name: 'https://example.com', exact: true })).toHaveAttribute(
    'href',
    'https://example.com/',
  );
  await expect(reply.getByRole('figure', { name: 'Code, markdown' }).locator('pre')).toHaveText(
    '# Inner\n\n```bash\nnpm i\n```\n\nlast line',
  );
  await expect(reply.getByRole('figure', { name: 'Code, sh' }).locator('pre')).toHaveText('run');
  await expect(reply.getByText('After the list.')).toBeVisible();
  await expect(reply.getByRole('table').getByRole('row')).toHaveText([/^a\|bc$/, /^x \|\| yz$/]);
  await expect(
    reply.getByText('As shown [1] and [Smith 2020], array[0], [text](url), Use ${HOME}/${USER}.'),
  ).toBeVisible();
  await expect(reply.locator('.katex')).toHaveCount(0);
  await expect(reply.getByText('AutoClaw چطور کار میکنه؟')).toHaveCSS('direction', 'rtl');
  await expect(reply.getByText('API یک رابط است.')).toHaveCSS('direction', 'rtl');
  await expect(reply.getByRole('link', { name: /^click/ })).toHaveText('click (moc.knab.evil.example)');
  await expect(reply.getByRole('link', { name: /^there/ })).toHaveAttribute('href', 'https://late.example/x');
  await reply.getByRole('link', { name: '1', exact: true }).click();
  await expect(reply.getByRole('listitem').filter({ hasText: 'The note.' })).toBeInViewport();
});
