/** The copies branches of an agent have of a folder: seen, put away and brought back, made as a person wants them, opened elsewhere. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../../fixtures.ts';
import { copies, editApart, git, hasGit, prepare } from '../../pages/agent-folder.ts';
import { axeFaults } from '../../pages/axe.ts';

test.use({ server: 'own' });
test.skip(!hasGit, 'skipped: no git');

const PHONE = { width: 390, height: 800 };
const DESK = { width: 1280, height: 800 };

test('a hidden branch offers to put its copy away, and has it back when it is shown again', async ({
  chat,
  bough,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/409/);
  await prepare(chat, bough);
  await chat.ask('hello', 2);
  await chat.ask('put mine.txt mine', 4);
  await editApart(chat, 3, 'put own.txt one|two');
  const [copy = ''] = await copies(bough);
  await writeFile(join(copy, 'by-hand.txt'), 'x\n');
  await chat.inMenu(chat.user(3), /Hide this branch/);
  await page.getByRole('button', { name: 'Put its copy away' }).click();
  const dialog = page.getByRole('dialog', { name: 'Copy of the hidden branch' });
  const row = dialog.getByRole('listitem').filter({ hasText: 'put own.txt one|two' });
  await expect(row).toContainText('hidden branch');
  await expect(row).toContainText(/· \d+ bytes ·/);
  expect(await axeFaults(page)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('put-away-dark.png') });
  await page.emulateMedia({ colorScheme: 'light' });
  await row.getByRole('button', { name: /^Put away the copy of/ }).focus();
  await page.keyboard.press('Enter');
  await expect(row.getByRole('button', { name: /^Bring back the copy of/ })).toBeFocused();
  expect(existsSync(copy)).toBe(false);
  await page.keyboard.press('Escape');
  await chat.box.focus();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Tools' }).click();
  await page.getByRole('menuitem', { name: 'Hidden branches' }).click();
  await page
    .getByRole('dialog', { name: 'Hidden branches' })
    .getByRole('button', { name: /^Restore/ })
    .click();
  await expect.poll(() => existsSync(join(copy, 'by-hand.txt')), { timeout: 30_000 }).toBe(true);
  expect(readFileSync(join(copy, 'own.txt'), 'utf8')).toBe('one\ntwo\n');
});

test('all copies are listed with their sizes; one with what cannot be kept goes only if it is said again', async ({
  chat,
  bough,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/409/);
  const folder = await prepare(chat, bough);
  await chat.inPalette('copies of');
  await page.getByRole('option', { name: 'Copies of folders' }).click();
  const dialog = page.getByRole('dialog', { name: 'Copies of folders' });
  await expect(dialog).toContainText('No branch has a copy of a folder.');
  await page.keyboard.press('Escape');
  await chat.ask('hello', 2);
  await chat.ask('put mine.txt mine', 4);
  await editApart(chat, 3, 'put own.txt one');
  const [copy = ''] = await copies(bough);
  await writeFile(join(copy, 'video.bin'), Buffer.alloc(51 * 1024 * 1024));
  await chat.inPalette('copies of');
  await page.getByRole('option', { name: 'Copies of folders' }).click();
  await expect(dialog).toContainText('1 copy, 53.5 MB');
  await dialog.getByRole('button', { name: 'Put away the copy of “put own.txt one”' }).click();
  await expect(dialog.getByRole('alert')).toContainText('video.bin');
  await page.setViewportSize(PHONE);
  expect(await axeFaults(page)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('copies-phone-dark.png') });
  await dialog.getByRole('button', { name: 'Put away and lose it' }).click();
  await dialog.getByRole('button', { name: 'Bring back the copy of “put own.txt one”' }).click();
  await expect(dialog.getByRole('button', { name: 'Put away the copy of “put own.txt one”' })).toBeVisible();
  expect([existsSync(join(copy, 'own.txt')), existsSync(join(copy, 'video.bin'))]).toEqual([true, false]);
  await page.setViewportSize(DESK);
  await dialog.getByRole('button', { name: `What copies of ${folder} take along` }).click();
  await expect(page.getByRole('dialog', { name: 'What copies take along' })).toBeVisible();
});

test('rewinding in one’s own folder takes the files back too, if wanted, and they can be had again', async ({
  chat,
  bough,
  page,
}) => {
  const folder = await prepare(chat, bough);
  await chat.ask('put notes.txt first', 2);
  await chat.ask('put notes.txt second', 4);
  await writeFile(join(folder, 'by-hand.txt'), 'x\n');
  await chat.inMenu(chat.assistant(2), /Rewind to here/);
  await page.getByRole('button', { name: 'Files too' }).click();
  const dialog = page.getByRole('dialog', { name: 'Restore these files' });
  await expect(dialog).toContainText('2 files will change');
  await dialog.getByRole('button', { name: 'Restore them' }).click();
  await expect.poll(() => readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('first\n');
  expect(existsSync(join(folder, 'by-hand.txt'))).toBe(false);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('second\n');
  expect(existsSync(join(folder, 'by-hand.txt'))).toBe(true);
});

test('new copies take along what git ignores and have a line run in them', async ({
  chat,
  bough,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/409/, /400/);
  const folder = await prepare(chat, bough);
  await writeFile(join(folder, '.gitignore'), '.env\nnode_modules/\nmade.txt\n');
  await writeFile(join(folder, '.env'), 'KEY=1\n');
  await mkdir(join(folder, 'node_modules'));
  await writeFile(join(folder, 'node_modules/index.js'), 'x\n');
  await chat.ask('hello', 2);
  await chat.ask('put mine.txt mine', 4);
  const composer = page.getByRole('form', { name: 'Composer' });
  await composer.getByRole('checkbox', { name: 'Each branch its own copy' }).check();
  await composer.getByRole('button', { name: 'What copies take along' }).click();
  const dialog = page.getByRole('dialog', { name: 'What copies take along' });
  const paths = dialog.getByRole('textbox', { name: 'Also take' });
  await expect(paths).toBeFocused();
  await page.keyboard.type('../elsewhere');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('../elsewhere is no path in the repository');
  expect(await axeFaults(page)).toEqual([]);
  await page.setViewportSize(PHONE);
  await page.screenshot({ path: test.info().outputPath('along-phone-dark.png') });
  await page.setViewportSize(DESK);
  await paths.fill('.env, node_modules/');
  await dialog.getByRole('textbox', { name: 'Line to run in a new copy' }).fill('echo made > made.txt');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await chat.edit(chat.user(3), 'put own.txt one');
  await expect(chat.assistant(4)).toContainText('Ran “echo made > made.txt” in the new copy');
  await chat.settled();
  await expect(chat.assistant(4)).toContainText('This turn: 1 file, +1 −0');
  await chat.assistant(4).screenshot({ path: test.info().outputPath('ran.png') });
  const [copy = ''] = await copies(bough);
  for (const name of ['.env', 'node_modules/index.js', 'made.txt', 'own.txt'])
    expect([name, existsSync(join(copy, name))]).toEqual([name, true]);
  expect(existsSync(join(folder, 'made.txt'))).toBe(false);
  // What is mentioned here is in the copy.
  await chat.box.fill('look at @made');
  await page.getByRole('option', { name: 'made.txt' }).click();
  await expect(chat.box).toHaveValue('look at @made.txt ');
});

test('all files of a message are read folder by folder, and opened in an editor once there is a command', async ({
  chat,
  bough,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/422/);
  const folder = await prepare(chat, bough);
  await mkdir(join(folder, 'src/deep'), { recursive: true });
  await writeFile(join(folder, 'src/deep/a.txt'), 'alpha\n');
  await writeFile(join(folder, 'src/b.bin'), Buffer.from([0, 1, 2]));
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'More');
  await chat.ask('put notes.txt changed', 2);
  await writeFile(join(folder, 'src/deep/a.txt'), 'later\n');
  await chat.inMenu(chat.assistant(2), 'Files here');
  const here = page.getByRole('dialog', { name: 'Files here' });
  await here.getByRole('radio', { name: 'All files' }).check();
  const top = here.getByRole('listbox', { name: 'Top of the repository' });
  await expect(top.getByRole('option')).toHaveText([/^src/, /^notes\.txt/]);
  await top.focus();
  await page.keyboard.press('Enter');
  const src = here.getByRole('listbox', { name: 'src', exact: true });
  await src.focus();
  await page.keyboard.press('ArrowDown');
  await expect(here.getByRole('region', { name: 'Content of src/b.bin' })).toContainText('no text');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  await expect(here.getByRole('region', { name: 'Content of src/deep/a.txt' })).toContainText('alpha');
  expect(await axeFaults(page)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('all-files-dark.png') });
  await page.setViewportSize(PHONE);
  await page.screenshot({ path: test.info().outputPath('all-files-phone-dark.png') });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(DESK);
  await page.screenshot({ path: test.info().outputPath('all-files.png') });
  await here.getByRole('button', { name: 'Open src/deep/a.txt in editor' }).click();
  const openers = page.getByRole('dialog', { name: 'Open in editor and terminal' });
  const note = join(bough.data, 'opened.txt');
  await openers
    .getByRole('textbox', { name: 'Command for the editor' })
    .fill(`/bin/sh -c 'printf "%s" "$0" > "${note}"'`);
  expect(await axeFaults(page)).toEqual([]);
  await openers.getByRole('button', { name: 'Save and open' }).click();
  await expect
    .poll(() => existsSync(note) && readFileSync(note, 'utf8'))
    .toBe(join(folder, 'src/deep/a.txt'));
  rmSync(note);
  await chat.inMenu(chat.assistant(2), 'Files here');
  await here.getByRole('button', { name: 'Open in editor', exact: true }).click();
  await expect.poll(() => existsSync(note) && readFileSync(note, 'utf8')).toBe(folder);
});
