import { Buffer } from 'node:buffer';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  pdfFile,
  sheetFile,
  slideFile,
  wordFile,
  wordParagraph,
} from '../../../src/ui/features/files/documents/testing.ts';
import { expect, test } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';

const upload = (name: string, bytes: Uint8Array) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(bytes),
});

type Sent = { messages: { role: string; content: unknown }[] };

test('documents go to the model as text, seen and counted before they are sent', async ({
  chat,
  page,
  provider,
}) => {
  await chat.openNew('echo');
  await page.setInputFiles('input[type=file]', [
    upload('trees.pdf', pdfFile(['Acorns fall in autumn', 'Oaks rise'])),
    upload('letter.docx', wordFile(wordParagraph('Dear forest, all is well.'))),
    upload(
      'rings.xlsx',
      sheetFile({
        Trees: [
          ['name', 'rings'],
          ['oak', 120],
        ],
      }),
    ),
    upload('talk.pptx', slideFile([['Why trees'], ['Because']])),
  ]);
  const attached = page.getByRole('list', { name: 'Attached files' });
  await expect(attached.getByRole('listitem')).toHaveText([
    /trees\.pdf.*2 pages as text · about \d+ tokens/,
    /letter\.docx.*as text · about \d+ tokens/,
    /rings\.xlsx.*1 sheet as text · about \d+ tokens/,
    /talk\.pptx.*2 slides as text · about \d+ tokens/,
  ]);
  expect(await axeFaults(page)).toEqual([]);
  // By keys: what goes is looked at before it goes.
  await attached.getByRole('button', { name: 'Open trees.pdf' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'trees.pdf' });
  await expect(dialog).toContainText('Acorns fall in autumn');
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await chat.ask('What do these documents say?', 2);
  const last = (await provider.log()).findLast(({ body }) =>
    JSON.stringify(body).includes('these documents'),
  );
  const content = JSON.stringify(
    ((last?.body ?? { messages: [] }) as unknown as Sent).messages.at(-1)?.content,
  );
  for (const words of ['## Page 2', 'Oaks rise', 'Dear forest', 'oak,120', '## Slide 1', 'Why trees'])
    expect(content).toContain(words);
  await expect(chat.user(1).getByRole('button', { name: 'Open rings.xlsx' })).toBeVisible();
});

test('what a file is, its content tells, and a list that is longer than its place says so', async ({
  chat,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await chat.openNew();
  await page.setInputFiles('input[type=file]', [
    upload('plan.txt', pdfFile(['Acorns fall in autumn'])),
    upload('words.pdf', Buffer.from('A plan, in words')),
    { ...upload('photo.jpg', Uint8Array.of(0xff, 0xd8, 0xff)), mimeType: 'image/jpeg' },
    upload('data.json', Buffer.from(JSON.stringify({ oaks: Array.from({ length: 400 }, (_, n) => n) }))),
    upload('one.md', Buffer.from('One')),
    upload('two.md', Buffer.from('Two')),
  ]);
  const attached = page.getByRole('list', { name: 'Attached files' });
  await expect(attached.getByRole('listitem')).toHaveText([
    /^plan\.txta PDF, 1 page as text/,
    /^words\.pdftext, whatever its name says/,
    /^photo\.jpgThis picture is damaged or not whole/,
    /^data\.json/,
    /^one\.md/,
    /^two\.md/,
  ]);
  const more = page.getByRole('button', { name: /^\d more files? below$/ });
  await expect(more).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  const below = await more.textContent();
  await more.click();
  await expect(more.getByText(below ?? '', { exact: true })).toBeHidden();
  await attached.getByRole('listitem').last().scrollIntoViewIfNeeded();
  await expect(more).toBeHidden();
  await attached.getByRole('button', { name: 'Open data.json' }).click();
  const tree = page.getByRole('dialog', { name: 'data.json' }).getByRole('listitem').first();
  await expect(tree).toContainText('oaks: [ 400 items ]');
  expect(await tree.evaluate((item) => getComputedStyle(item).listStyleType)).toBe('none');
});

test('a document that cannot be read says why, and what was written stays', async ({ chat, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await chat.openNew();
  await chat.box.fill('About these:');
  await page.setInputFiles('input[type=file]', [
    upload('scan.pdf', pdfFile(['', ''])),
    upload('torn.docx', wordFile(wordParagraph('torn')).subarray(0, -40)),
    upload(
      'old.doc',
      Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...Array(600).fill(0)]),
    ),
  ]);
  const attached = page.getByRole('list', { name: 'Attached files' });
  await expect(attached.getByRole('listitem')).toHaveText([
    /no words in this file, only pictures/,
    /damaged, or not what its name says/,
    /before 2007/,
  ]);
  expect(await axeFaults(page)).toEqual([]);
  await expect(chat.box).toHaveValue('About these:');
  for (const name of ['scan.pdf', 'torn.docx', 'old.doc'])
    await attached.getByRole('button', { name: `Remove ${name}` }).click();
  await chat.box.press('Enter');
  await expect(chat.user(1)).toContainText('About these:');
});

test('a document is kept as it was, and its pages go as pictures where that says more', async ({
  chat,
  page,
  provider,
}) => {
  const pdf = pdfFile(['Acorns fall in autumn', 'Oaks rise']);
  await chat.openNew('echo');
  await page.setInputFiles('input[type=file]', [
    upload('trees.pdf', pdf),
    upload(
      'page.html',
      Buffer.from('<!doctype html><title>T</title><script>alert(1)</script><h1>Oaks</h1><p>are old'),
    ),
  ]);
  const attached = page.getByRole('list', { name: 'Attached files' });
  await expect(attached.getByRole('listitem')).toHaveText([/trees\.pdf.*2 pages/, /page\.html.*as text/]);
  expect(await axeFaults(page)).toEqual([]);
  await attached.getByRole('button', { name: 'Attach page.html as it is written' }).click();
  await expect(attached.getByRole('listitem').last()).toHaveText(/^page\.html\d/);
  await attached.getByRole('button', { name: 'Attach the pages of trees.pdf as pictures' }).click();
  await expect(attached.getByRole('listitem')).toHaveText([
    /^page\.html\d/,
    /trees page 1\.jpg/,
    /trees page 2\.jpg/,
  ]);
  await chat.ask('What do you see on these pages?', 2);
  const last = (await provider.log()).findLast(({ body }) => JSON.stringify(body).includes('on these pages'));
  const sent = JSON.stringify(last?.body);
  expect(sent.match(/data:image\/jpeg;base64,/g)).toHaveLength(2);
  expect(sent).toContain('<h1>Oaks</h1>');
  await chat.user(1).getByRole('button', { name: 'Open trees page 1.jpg' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('link', { name: 'Save the original (trees.pdf)' }).click();
  expect(new Uint8Array(await readFile(await (await download).path()))).toEqual(pdf);
});

test('a table that is attached is looked at as a table', async ({ chat, page }) => {
  await chat.openNew();
  await page.setInputFiles(
    'input[type=file]',
    upload('cities.csv', Buffer.from('city,people\nBern,134591\n')),
  );
  await page.getByRole('button', { name: 'Open cities.csv' }).click();
  const dialog = page.getByRole('dialog', { name: 'cities.csv' });
  await expect(dialog.getByRole('columnheader', { name: 'people' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Source' }).click();
  await expect(dialog).toContainText('Bern,134591');
});

test('of a folder it is seen what goes and what does not, chosen from the palette or dropped', async ({
  chat,
  page,
}) => {
  const folder = join(await mkdtemp(join(tmpdir(), 'bough-folder-')), 'work');
  await mkdir(join(folder, 'node_modules', 'x'), { recursive: true });
  const put = (name: string, text: string | Uint8Array) => writeFile(join(folder, name), text);
  await put('plan.md', '# Plan');
  await put('trees.pdf', pdfFile(['Acorns']));
  await put('film.mp4', 'la');
  await put('.secret', 'hush');
  await put('node_modules/x/index.js', 'made');
  await chat.openNew();
  await page.keyboard.press('ControlOrMeta+k');
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('combobox', { name: 'Search chats and actions' }).fill('from a folder');
  await expect(page.getByRole('option', { name: 'Attach from a folder' })).toBeVisible();
  await page.keyboard.press('Enter');
  await (await choosing).setFiles(folder);
  const dialog = page.getByRole('dialog', { name: 'Attach from a folder' });
  const rows = dialog.getByRole('list', { name: 'What is in the folder' }).getByRole('listitem');
  await expect(rows.filter({ hasText: 'film.mp4' })).toContainText('no model reads it');
  await expect(rows.filter({ hasText: '.secret' })).toContainText('hidden file');
  await expect(rows.filter({ hasText: 'index.js' })).toContainText('made by tools');
  await expect(dialog.getByRole('checkbox', { name: 'work/plan.md' })).toBeChecked();
  expect(await axeFaults(page)).toEqual([]);
  await dialog.getByRole('checkbox', { name: 'work/plan.md' }).press('Space');
  await dialog.getByRole('button', { name: 'Attach 1 file' }).click();
  const attached = page.getByRole('list', { name: 'Attached files' });
  await expect(attached.getByRole('listitem')).toHaveText([/work\/trees\.pdf.*1 page as text/]);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => {
    // No test can drag a real folder: what the browser would say of one is said here.
    const file = {
      name: 'note.txt',
      isFile: true,
      isDirectory: false,
      file: (got: (file: File) => void) => got(new File(['dropped'], 'note.txt')),
    };
    const children = [[file], []];
    const entry = {
      name: 'dropped',
      isFile: false,
      isDirectory: true,
      createReader: () => ({ readEntries: (got: (entries: unknown) => void) => got(children.shift()) }),
    };
    DataTransferItem.prototype.webkitGetAsEntry = () => entry as unknown as FileSystemEntry;
    const data = new DataTransfer();
    data.items.add(new File([''], 'dropped'));
    const init = { bubbles: true, cancelable: true, dataTransfer: data };
    for (const type of ['dragover', 'drop']) document.body.dispatchEvent(new DragEvent(type, init));
  });
  await expect(dialog.getByRole('checkbox', { name: 'dropped/note.txt' })).toBeChecked();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await expect(attached.getByRole('listitem')).toHaveCount(1);
});
