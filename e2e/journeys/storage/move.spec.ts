/** `bough move`: what a person made is on the page after it as it was before, at an engine and back in a folder. */
import { Buffer } from 'node:buffer';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { type EngineProcess, referenceServer } from '../../../src/server/engine/remote/testing/reference.ts';
import { expect, test, watch } from '../../fixtures.ts';
import { ChatPage } from '../../pages/chat-page.ts';
import { type BoughServer, startBough } from '../../server.ts';

const run = promisify(execFile);
const COMMAND = join(import.meta.dirname, '../../../dist/server/bough.js');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGPQcgjAihgGlwQAiPstgU0FQnsAAAAASUVORK5CYII=',
  'base64',
);

let folder: string;
let engine: EngineProcess;
let running: BoughServer | undefined;
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-e2e-'));
  engine = await referenceServer();
});
test.afterEach(async () => {
  await running?.stop();
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Ends the one that runs, as the place it is at has to be still. */
async function start(data: string, env: Record<string, string> = {}): Promise<string> {
  await running?.stop();
  running = await startBough({ BOUGH_DEMO_MODES: '1', ...env }, join(folder, data));
  return running.url;
}

/** What the command says; it fails where one item is not as it was. */
async function move(...words: readonly string[]): Promise<string> {
  await running?.stop();
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, BOUGH_DATA: join(folder, 'before') };
  return (await run(process.execPath, [COMMAND, 'move', ...words], { env, timeout: 60_000 })).stdout;
}

/** All messages of both versions of the first, and what the list says of the conversation. */
async function shownOf(chat: ChatPage): Promise<readonly string[]> {
  const { page } = chat;
  await expect(versions(chat)).toHaveText('2 / 2');
  const second = await page.getByRole('log').getByRole('article').allInnerTexts();
  await chat.user(1).getByRole('button', { name: 'Previous version' }).click();
  await expect(versions(chat)).toHaveText('1 / 2');
  const picture = chat.user(1).getByRole('img', { name: 'cat.png' });
  await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(8);
  const first = await page.getByRole('log').getByRole('article').allInnerTexts();
  await chat.user(1).getByRole('button', { name: 'Next version' }).click();
  await expect(versions(chat)).toHaveText('2 / 2');
  // A page says what is shown at a fork every 5 s at most, and another address opens what was said last.
  await expect.poll(() => opensWith(chat), { timeout: 30_000 }).toContain('Lanterns of Nara');
  const list = chat.sidebar.getByRole('link', { name: /Lanterns/ });
  return [...second, ...first, (await list.getAttribute('href')) ?? ''];
}

const versions = (chat: ChatPage) => chat.user(1).getByRole('group', { name: 'Versions' });

/** The messages that another browser would see first. */
async function opensWith(chat: ChatPage): Promise<string> {
  const answer = await chat.page.request.get(`${chat.url}/api/opening?conversation=${chat.conversationId()}`);
  return JSON.stringify((await answer.json()).messages);
}

async function openAt(page: Page, url: string, conversation: string): Promise<ChatPage> {
  await page.goto(`${url}/c/${conversation}`);
  return new ChatPage(page, url);
}

test('a person’s conversations move to an engine and back, and the page shows the same', async ({ page }) => {
  test.slow();
  const faults = watch(page, [/Failed to load resource/, /net::ERR_/]);
  const chat = new ChatPage(page, await start('before'));
  await chat.openNew(/^Demo \(/);
  await page.setInputFiles('input[type=file]', { name: 'cat.png', mimeType: 'image/png', buffer: PNG });
  await expect(page.getByRole('button', { name: 'Remove cat.png' })).toBeVisible();
  await chat.ask('Lanterns of Kyōto', 2);
  await chat.ask('And in winter?', 4);
  await chat.user(1).getByRole('button', { name: 'Edit', exact: true }).click();
  await chat.editor.fill('Lanterns of Nara');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(chat.assistant(2)).toContainText('the last was “Lanterns of Nara”');
  await chat.settled();
  const id = chat.conversationId();
  const before = await shownOf(chat);
  expect(before.join('\n')).toContain('And in winter?');

  expect(await move(engine.url)).toMatch(/^1 conversation, 6 messages, 1 attached file, .*\n.*compared\.$/m);
  const moved = await openAt(page, await start('elsewhere', { BOUGH_STREAMS_URL: engine.url }), id);
  expect(await shownOf(moved)).toEqual(before);
  await moved.ask('And in spring?', 4);
  const since = await shownOf(moved);

  expect(await move(engine.url, join(folder, 'after'))).toContain('8 messages');
  const back = await openAt(page, await start('after'), id);
  expect(await shownOf(back)).toEqual(since);
  await back.ask('And now?', 6);
  await expect(back.assistant(6)).toContainText('the last was “And now?”');
  expect(faults).toEqual([]);
});
