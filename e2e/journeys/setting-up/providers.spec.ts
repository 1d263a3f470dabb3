/** What each wire format comes to in the page, word for word as docs/providers.md has it, and that keys stay where they belong. */
import { randomUUID } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { wav } from '../../../src/protocol/files/testing-audio.ts';
import { endpointPath } from '../../../src/protocol/models/endpoints.ts';
import { MODELS_PATH } from '../../../src/protocol/models/models.ts';
import { expect, test, watch } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';
import { ChatPage, openModels } from '../../pages/chat-page.ts';
import { type ScriptedProvider, startProvider } from '../../provider/start.ts';
import { type BoughServer, startBough } from '../../server.ts';

const KEY = 'marked.0123456789';
const picture = {
  ...{ name: 'cat.png', mimeType: 'image/png' },
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGPQcgjAihgGlwQAiPstgU0FQnsAAAAASUVORK5CYII=',
    'base64',
  ),
};
const kinds = ['openai', 'anthropic', 'openai-compatible', 'ollama'] as const;
type Kind = (typeof kinds)[number];

let bough: BoughServer;
test.beforeAll(async ({ provider }) => {
  bough = await startBough();
  for (const kind of kinds) await add({ kind, name: kind, key: KEY, baseUrl: baseOf(kind, provider) });
});
test.afterAll(() => bough.stop());

async function add(endpoint: Readonly<Record<string, string>>): Promise<void> {
  const answer = await fetch(`${bough.url}${endpointPath('add')}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: randomUUID(), ...endpoint }),
  });
  expect(answer.status).toBe(200);
}

function baseOf(kind: Kind, provider: ScriptedProvider): string {
  return `${new URL(provider.baseUrl).origin}/for/${kind}${kind === 'ollama' ? '' : '/v1'}`;
}

async function startWith(kind: Kind, page: Page): Promise<ChatPage> {
  const chat = new ChatPage(page, bough.url);
  await chat.openNew();
  await pick(page, kind);
  return chat;
}

/** The model `echo` of this source. */
async function pick(page: Page, source: string): Promise<void> {
  await openModels(page);
  const dialog = page.getByRole('dialog', { name: 'Models' });
  const group = dialog.getByRole('group', { name: source, exact: true });
  await group.getByRole('radio', { name: /^echo/ }).click();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
}

test.describe('answers of servers after their own fashion', () => {
  for (const kind of kinds) {
    test(`${kind}: a picture in an answer is shown, and is there after a reload`, async ({ page }) => {
      const chat = await startWith(kind, page);
      await chat.send('script: picture');
      const reply = page.getByRole('article', { name: 'Assistant, message 2' });
      await expect(reply).toContainText('in 日本語 too.');
      const image = reply.getByRole('img', { name: 'picture.png' });
      await expect(image).toHaveJSProperty('naturalWidth', 8);
      await page.reload();
      await expect(image).toHaveJSProperty('naturalWidth', 8);
      await chat.send('And now?');
      await expect(page.getByRole('article', { name: 'Assistant, message 4' })).toContainText('And now?');
    });

    test(`${kind}: a model that only thinks is read, and kept as the answer`, async ({ page }) => {
      const chat = await startWith(kind, page);
      await chat.send('script: only-thoughts');
      const reply = page.getByRole('article', { name: 'Assistant, message 2' });
      await expect(reply).toContainText('First I think about it.');
      await expect(reply).toContainText('The model only thought and gave no answer.');
      await reply.getByRole('button', { name: 'Keep as the answer' }).click();
      await expect(reply.getByRole('button', { name: 'Copy' })).toBeVisible();
      await expect(reply).toContainText('First I think about it.');
      await chat.send('And now?');
      await expect(page.getByRole('article', { name: 'Assistant, message 4' })).toContainText('And now?');
    });

    test(`${kind}: thoughts in the text are folded, whether they begin with a tag or only end with one`, async ({
      page,
    }) => {
      const chat = await startWith(kind, page);
      for (const [at, form] of ['think', 'end', 'channel'].entries()) {
        await chat.send(`script: tagged:${form}`);
        const reply = page.getByRole('article', { name: `Assistant, message ${at * 2 + 2}` });
        await expect(reply).toContainText('in 日本語 too.');
        await expect(reply.getByRole('button', { name: /^Thought/ })).toHaveAttribute(
          'aria-expanded',
          'false',
        );
        await expect(reply).not.toContainText('First I think about it.');
        await expect(reply).not.toContainText('think>');
      }
    });

    test(`${kind}: a reply that failed without words leaves nothing that a strict server refuses`, async ({
      page,
    }) => {
      const chat = await startWith(kind, page);
      await chat.send('script: 500');
      await expect(page.getByRole('article').getByText(/failed \(500/)).toBeVisible();
      await chat.send('script: strict');
      await expect(page.getByRole('article', { name: /^Assistant/ }).last()).toContainText(
        /script: 500\s*script: strict/,
      );
      await chat.send('script: blank');
      await expect(page.getByRole('article').getByText(/empty answer/)).toBeVisible();
      await chat.send('script: strict and more');
      await expect(page.getByRole('article', { name: /^Assistant/ }).last()).toContainText('and more');
    });
  }
});

/** What the provider does and what the page says, for each row of the table that a provider alone can bring about. */
const failures: readonly (readonly [script: string, sentence: RegExp, only?: readonly Kind[]])[] = [
  ['400', /did not accept the request \(400: “Invalid value for "temperature"\.”\)\. Change the message/],
  ['400:long', /longer than the model “echo” can read .*Start a new chat, or choose another model/],
  ['401', /did not accept the API key\. Change the key under Models/],
  ['402', /has no credit left\. Look at its billing page/],
  ['429:quota', /has no credit left\. Look at its billing page/, ['openai', 'openai-compatible']],
  ['403', /does not allow this key to use the model “echo” .*look at the rights of the key/],
  ['404', /does not know the model “echo”\. Choose another model, or check its address under Models/],
  ['413', /too large for 127\.0\.0\.1:\d+\. Start a new chat, or choose another model/],
  ['429', /too many requests from this account\. Wait a moment and try again/],
  ['503', /is overloaded .*Try again in a moment/],
  ['529', /is overloaded .*Try again in a moment/],
  ['500', /failed \(500: “Internal error\.”\)\. Try again, or choose another model/],
  ['error-event', /The engine ran out of memory\..*Try again, or choose another model/],
  ['leak', /Key … is worn out\./],
  ['html', /no answer of a server of models\. Check its address under Models, or choose another model/],
  ['malformed', /no answer of a server of models\. Check its address under Models, or choose another model/],
  ['cut:4', /The connection to 127\.0\.0\.1:\d+ broke before the answer was finished\. Try again/],
  ['end-byte:0', /ended its answer before the first word\. Try again; if the conversation is long/],
  ['tools', /called the tool “look”, but there are no tools here.*Ask it to answer without tools/],
  ['empty', /gave an empty answer\. Try again, or choose another model/],
  ['filter', /content filter of .* ended this answer\. Say it in other words/, ['openai', 'anthropic']],
  ['filter', /content filter of .* ended this answer\. Say it in other words/, ['openai-compatible']],
  ['length', /Cut off at the model's length limit/],
];

for (const kind of kinds) {
  test(`${kind}: the same conversation`, async ({ page, provider }) => {
    const faults = watch(page, []);
    const chat = await startWith(kind, page);
    await chat.ask('Which trees grow in clay?', 2);
    await expect(chat.assistant(2)).toContainText('Which trees grow in clay?');
    await chat.ask('And in sand? 日本語 🦊', 4);
    await expect(chat.assistant(4)).toContainText('And in sand? 日本語 🦊');
    await chat.edit(chat.user(3), 'script: reasoning');
    await expect(chat.assistant(4)).toContainText('The quick brown fox');
    await expect(chat.assistant(4)).toContainText(/Thought/);
    await chat.settled();
    await chat.assistant(4).getByRole('button', { name: 'Regenerate' }).click();
    await expect(chat.assistant(4)).toContainText('2 / 2');
    await chat.settled();
    await chat
      .assistant(4)
      .getByRole('button', { name: /^Details: / })
      .click();
    const details = page.getByRole('dialog', { name: 'Details of the reply' });
    await expect(details).toContainText(`echo on ${kind}`);
    await expect(details).toContainText(/Tokens in3/);
    await expect(details).toContainText(/First word after\d/);
    await page.keyboard.press('Escape');

    await chat.send('script: tokens:1000x50');
    await expect(chat.assistant(6)).toContainText('token 5');
    await chat.stopButton.click();
    await expect(chat.assistant(6)).toContainText('Stopped');
    const last = async () => (await provider.log()).filter(({ body }) => body.model === 'echo').at(-1);
    await expect.poll(async () => (await last())?.aborted).toBe(true);
    await chat.ask('What have you read?', 8);
    const read = JSON.stringify((await last())?.body);
    expect(read).toContain('script: reasoning');
    expect(read).toContain('token 5');
    expect(read).not.toContain('And in sand?');
    expect(faults).toEqual([]);
  });

  test(`${kind}: every failure is said`, async ({ page }) => {
    test.slow();
    const faults = watch(page, []);
    const chat = await startWith(kind, page);
    for (const [script, sentence, only = kinds] of failures) {
      if (!only.includes(kind)) continue;
      await test.step(script, async () => {
        await page.getByRole('button', { name: 'New chat' }).first().click();
        await chat.send(`script: ${script}`);
        await expect(chat.log.getByText(sentence)).toBeVisible();
        await expect(chat.log.getByRole('button', { name: 'Try again' })).toBeVisible();
        await chat.settled();
      });
    }
    expect(faults).toEqual([]);
  });
}

test('a wait is counted down, and a wait of minutes said in minutes', async ({ page }) => {
  const chat = await startWith('openai-compatible', page);
  await chat.send('script: 429:20');
  await expect(chat.log).toContainText('It asks for a pause: wait, then try again.');
  for (const left of [/Wait 1\d s/, /Wait 1[0-7] s/]) await expect(chat.log.getByText(left)).toBeVisible();
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await chat.send('script: 503:600');
  await expect(chat.log.getByText('Wait 10 min')).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await axeFaults(page)).toEqual([]);
});

test('a key is in endpoints.json, for its owner alone, and nowhere else', async ({ page, provider }) => {
  // The others go on being called as other tests look for them.
  const baseUrl = `${new URL(provider.baseUrl).origin}/for/renaming/v1`;
  await add({ kind: 'openai', name: 'to be renamed', key: KEY, baseUrl });
  const heard: string[] = [];
  page.on('response', async (response) => {
    heard.push(response.url(), await response.text().catch(() => ''));
  });
  for (const kind of kinds) {
    const chat = await startWith(kind, page);
    for (const script of ['401', 'leak']) {
      await page.getByRole('button', { name: 'New chat' }).first().click();
      await chat.send(`script: ${script}`);
      await expect(chat.log.getByRole('button', { name: 'Try again' })).toBeVisible();
      heard.push(await page.content());
    }
  }
  await openModels(page);
  const dialog = page.getByRole('dialog', { name: 'Models' });
  await dialog.getByRole('button', { name: 'Change to be renamed', exact: true }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('renamed');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('group', { name: 'renamed' })).toBeVisible();
  const list = await page.request.get(`${bough.url}${MODELS_PATH}`);
  heard.push(await page.content(), await list.text(), ...bough.said);
  expect(heard.some((text) => text.includes('did not accept the API key'))).toBe(true);
  const leaks = heard.filter((text) => text.includes(KEY)).map((text) => text.split(KEY)[0]?.slice(-200));
  expect(leaks).toEqual([]);

  const holders: string[] = [];
  const files = await readdir(bough.data, { recursive: true, withFileTypes: true });
  for (const file of files.filter((one) => one.isFile())) {
    const bytes = await readFile(join(file.parentPath, file.name));
    if (bytes.includes(KEY)) holders.push(file.name);
  }
  expect(files.length).toBeGreaterThan(5);
  expect(holders).toEqual(['endpoints.json']);
  expect((await stat(join(bough.data, 'endpoints.json'))).mode & 0o777).toBe(0o600);
});

test('an image goes to a model that takes images, and another one is told of it in words', async ({
  page,
  provider,
}) => {
  const faults = watch(page, [/413/]);
  const chat = await startWith('ollama', page);
  const composer = page.getByRole('form', { name: 'Composer' });
  const long = { name: 'long.txt', mimeType: 'text/plain', buffer: Buffer.alloc(1_000_001, 'a') };
  await page.setInputFiles('input[type=file]', [picture, long]);
  await expect(page.getByRole('list', { name: 'Attached files' })).toContainText(/at most 1 MB/);
  await page.getByRole('button', { name: 'Remove long.txt' }).click();
  await chat.box.fill('What is in it?');
  await chat.box.press('Enter');
  await expect(composer).toContainText(
    'echo takes no images. Choose another model below, or remove the image.',
  );
  await expect(chat.box).toHaveValue('What is in it?');
  await pick(page, 'openai-compatible');
  await expect(composer).not.toContainText('takes no images');
  await chat.box.press('Enter');
  await expect(chat.assistant(2)).toContainText('What is in it?');
  await chat.settled();
  const last = async () =>
    JSON.stringify((await provider.log()).findLast(({ body }) => body.model === 'echo')?.body);
  const base64 = picture.buffer.toString('base64');
  expect(await last()).toContain(base64);
  await pick(page, 'ollama');
  await chat.ask('And what else?', 4);
  expect(await last()).not.toContain(base64);
  expect(await last()).toContain('cat.png');
  expect(faults).toEqual([]);
});

test('audio goes to a server that does not say what it takes, and one that takes none is said before', async ({
  page,
  provider,
}) => {
  const chat = await startWith('ollama', page);
  const composer = page.getByRole('form', { name: 'Composer' });
  const memo = Buffer.from(wav(1));
  await page.setInputFiles('input[type=file]', [{ name: 'memo.wav', mimeType: 'audio/wav', buffer: memo }]);
  await expect(page.getByRole('button', { name: 'Remove memo.wav' })).toBeVisible();
  await chat.box.fill('What is said in it?');
  for (const source of ['ollama', 'anthropic', 'openai']) {
    await pick(page, source);
    await chat.box.press('Enter');
    await expect(composer).toContainText(
      'echo takes no audio. Choose another model below, or remove the audio file.',
    );
  }
  await pick(page, 'openai-compatible');
  await chat.box.press('Enter');
  await expect(chat.assistant(2)).toContainText('What is said in it?');
  await chat.settled();
  const last = async () =>
    JSON.stringify((await provider.log()).findLast(({ body }) => body.model === 'echo')?.body);
  expect(await last()).toContain(memo.toString('base64'));
  // Further up it is in nobody's way: it is named.
  await pick(page, 'anthropic');
  await chat.ask('And what else?', 4);
  expect(await last()).not.toContain(memo.toString('base64').slice(0, 200));
  expect(await last()).toContain('memo.wav');
});

test('an image that is too large for Anthropic is said before it is sent, and goes to another model whole', async ({
  page,
  provider,
}) => {
  const chat = await startWith('anthropic', page);
  const composer = page.getByRole('form', { name: 'Composer' });
  // What follows the end of a PNG is passed over: it is shown like any other.
  const photo = {
    ...picture,
    name: 'photo.png',
    buffer: Buffer.concat([picture.buffer, Buffer.alloc(4_100_000)]),
  };
  await page.setInputFiles('input[type=file]', [photo]);
  await expect(page.getByRole('button', { name: 'Remove photo.png' })).toBeVisible();
  await chat.box.fill('What is in the large one?');
  await chat.box.press('Enter');
  await expect(composer).toContainText(
    '“photo.png” has 4.1 MB; echo takes at most 3.9 MB per image. Attach a smaller one, remove it, or choose another model below.',
  );
  await expect(chat.box).toHaveValue('What is in the large one?');
  const asked = async () =>
    JSON.stringify((await provider.log()).findLast(({ body }) => body.model === 'echo')?.body ?? {});
  expect(await asked()).not.toContain('the large one');
  await pick(page, 'openai-compatible');
  await chat.box.press('Enter');
  await expect(chat.assistant(2)).toContainText('What is in the large one?');
  await chat.settled();
  expect(await asked()).toContain(photo.buffer.toString('base64').slice(0, 2_000));
  // Further up it is in nobody's way: it is named, and that is said to the model.
  await pick(page, 'anthropic');
  await expect(await chat.ask('And what else?', 4)).toContainText('And what else?');
  expect(await asked()).toContain('photo.png');
  expect(await asked()).not.toContain('base64');
});

for (const kind of ['openai-compatible', 'anthropic', 'openai'] as const)
  test(`${kind}: a picture that the server refuses is said, and stands in the way of nothing after it`, async ({
    page,
  }) => {
    const chat = await startWith(kind, page);
    await page.setInputFiles('input[type=file]', [picture]);
    await expect(page.getByRole('button', { name: 'Remove cat.png' })).toBeVisible();
    await chat.send('script: no-picture');
    await expect(chat.log).toContainText('image exceeds 5 MB maximum');
    await expect(chat.log.getByRole('button', { name: 'Try again' })).toBeVisible();
    await expect(await chat.ask('script: no-picture', 3)).toContainText('The quick brown fox');
  });

test('a server that goes away in mid-reply, is gone, and is not listed any more', async ({ page }) => {
  const faults = watch(page, [/422/]);
  const passing = await startProvider();
  const { host } = new URL(passing.baseUrl);
  await add({ name: 'passing', baseUrl: passing.baseUrl });
  const chat = new ChatPage(page, bough.url);
  await chat.openNew();
  await pick(page, 'passing');
  await chat.send('script: tokens:1000x50');
  await expect(chat.assistant(2)).toContainText('token 5');
  await passing.stop();
  await expect(chat.assistant(2)).toContainText(
    `The connection to ${host} broke before the answer was finished.`,
  );
  await expect(chat.assistant(2)).toContainText('token 5');
  await chat.assistant(2).getByRole('button', { name: 'Try again' }).click();
  const nothing = `Nothing answers at ${host}. Start the server there, or check its address under Models.`;
  await expect(chat.log).toContainText(nothing);

  await openModels(page);
  const dialog = page.getByRole('dialog', { name: 'Models' });
  await dialog.getByRole('button', { name: 'Remove passing' }).click();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(dialog.getByRole('group', { name: 'passing' })).toBeHidden();
  await page.keyboard.press('Escape');
  // What was meant for it goes to nobody else unasked.
  const composer = page.getByRole('form', { name: 'Composer' });
  const gone = composer.getByRole('button', { name: /^Model: .+ \(not available\)$/ });
  await expect(gone).toBeVisible();
  await chat.box.fill('And now?');
  await chat.box.press('Enter');
  await expect(composer.getByText(/is not available/).last()).toBeVisible();
  await expect(chat.box).toHaveValue('And now?');
  await pick(page, 'openai-compatible');
  await expect(gone).toBeHidden();
  await chat.ask('And now?', 3);
  await expect(chat.assistant(3)).toContainText('And now?');
  expect(faults).toEqual([]);
});
