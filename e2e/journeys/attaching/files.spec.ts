import { Buffer } from 'node:buffer';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGPQcgjAihgGlwQAiPstgU0FQnsAAAAASUVORK5CYII=',
  'base64',
);
const cat = { name: 'cat.png', mimeType: 'image/png', buffer: PNG };
const notes = {
  name: 'notes.txt',
  mimeType: 'text/plain',
  buffer: Buffer.from('The plan is <b>simple</b>.\n'),
};

type Sent = { messages: { role: string; content: unknown }[] };

test('an image and a text file go to the model, and stay over reload, edit and fork', async ({
  chat,
  page,
  provider,
}) => {
  await chat.openNew('echo');
  await page.setInputFiles('input[type=file]', [cat, notes]);
  const attached = page.getByRole('list', { name: 'Attached files' });
  await expect(attached.getByRole('button', { name: 'Remove cat.png' })).toBeVisible();
  await expect(attached.getByRole('button', { name: 'Remove notes.txt' })).toBeVisible();
  await page.reload();
  await expect(attached.getByRole('listitem')).toHaveCount(2);
  // Before the models are known it is not sent.
  await expect(page.getByRole('button', { name: 'Model: echo' })).toBeVisible();

  await chat.ask('What is this about the cat?', 2);
  await expect(attached).toBeHidden();
  await expect(chat.user(1).getByRole('img', { name: 'cat.png' })).toBeVisible();
  const last = (await provider.log()).findLast(({ body }) =>
    JSON.stringify(body).includes('What is this about the cat?'),
  );
  const { messages } = (last?.body ?? { messages: [] }) as unknown as Sent;
  const content = JSON.stringify(messages.at(-1)?.content);
  expect(content).toContain(`data:image/png;base64,${PNG.toString('base64')}`);
  expect(content).toContain('The plan is <b>simple</b>.');

  await chat.user(1).getByRole('button', { name: 'Open notes.txt' }).click();
  const dialog = page.getByRole('dialog', { name: 'notes.txt' });
  await expect(dialog).toContainText('The plan is <b>simple</b>.');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await chat.user(1).getByRole('button', { name: 'Edit' }).click();
  await chat.user(1).getByRole('button', { name: 'Remove notes.txt' }).click();
  await chat.editor.fill('And without the notes?');
  await chat.saveAndSend();
  await expect(chat.user(1)).toContainText('And without the notes?');
  await chat.settled();
  await page.reload();
  await expect(chat.user(1).getByRole('img', { name: 'cat.png' })).toBeVisible();
  await expect(chat.user(1).getByRole('button', { name: 'Open notes.txt' })).toBeHidden();
  await chat.user(1).getByRole('button', { name: 'Previous version' }).click();
  await expect(chat.user(1).getByRole('button', { name: 'Open notes.txt' })).toBeVisible();
});

test('what is no image and no text is refused with a reason, and nothing typed is lost', async ({
  chat,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/415/);
  await chat.openNew();
  await chat.box.fill('Read this');
  await page.setInputFiles('input[type=file]', {
    name: 'plan.bin',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('plan\x00\x01\x02'),
  });
  await expect(page.getByRole('list', { name: 'Attached files' })).toContainText(
    /neither an image .* nor text/,
  );
  await chat.box.press('Enter');
  await expect(page.getByRole('form', { name: 'Composer' })).toContainText(
    'could not be attached. Remove it',
  );
  await expect(chat.box).toHaveValue('Read this');
  await page.getByRole('button', { name: 'Remove plan.bin' }).click();
  await chat.box.press('Enter');
  await expect(chat.user(1)).toContainText('Read this');
});

test('a long text that is pasted is offered as a file, beside its last line and until it is sent', async ({
  chat,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const offered = page.getByText(/^Pasted [\d,]+ characters\.$/);
  const paste = async () => {
    await page.evaluate(() => navigator.clipboard.writeText(`${'abcdefghij'.repeat(800)}END`));
    await chat.box.click();
    await page.keyboard.press('ControlOrMeta+v');
    await expect(offered).toBeVisible();
  };
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await chat.openNew();
    await paste();
    await page.screenshot({ path: test.info().outputPath(`pasted-${width}.png`) });
    const [note, box] = await Promise.all([offered.boundingBox(), chat.box.boundingBox()]);
    expect((note?.y ?? 0) + (note?.height ?? 0)).toBeLessThanOrEqual(box?.y ?? 0);
    await chat.sendButton.click();
    await expect(offered).toBeHidden();
    await expect(chat.user(1)).toContainText('END');
  }
  await paste();
  await page.getByRole('button', { name: 'Attach as a file' }).click();
  await expect(page.getByRole('list', { name: 'Attached files' })).toContainText('pasted-text.txt');
  await expect(offered).toBeHidden();
});

test('an image that is pasted, and one that is dropped, are attached', async ({ chat, page }) => {
  await chat.openNew();
  await chat.box.focus();
  await page.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const give = (type: string, name: string) => {
      const data = new DataTransfer();
      data.items.add(new File([bytes], name, { type: 'image/png' }));
      const init = { bubbles: true, cancelable: true };
      const event =
        type === 'paste'
          ? new ClipboardEvent(type, { ...init, clipboardData: data })
          : new DragEvent(type, { ...init, dataTransfer: data });
      document.activeElement?.dispatchEvent(event);
    };
    give('paste', 'pasted.png');
    give('dragover', 'dropped.png');
    give('drop', 'dropped.png');
  }, PNG.toString('base64'));
  for (const name of ['pasted.png', 'dropped.png'])
    await expect(page.getByRole('button', { name: `Remove ${name}` })).toBeVisible();
});

test('files are attached, opened and taken out with the keyboard alone', async ({ chat, page }) => {
  await chat.openNew();
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).focus();
  await page.keyboard.press('Enter');
  await (await choosing).setFiles([cat, notes]);
  await page.getByRole('button', { name: 'Remove notes.txt' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Remove notes.txt' })).toBeHidden();
  await expect(chat.box).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(chat.user(1).getByRole('img', { name: 'cat.png' })).toBeVisible();
});

test('axe finds nothing in files attached, refused, sent and opened, on a phone', async ({
  chat,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/415/);
  await page.setViewportSize({ width: 390, height: 844 });
  await chat.openNew('echo');
  const plan = { name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n\x00\x01') };
  await page.setInputFiles('input[type=file]', [cat, notes, plan]);
  await expect(page.getByRole('list', { name: 'Attached files' })).toContainText(/damaged/);
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Remove plan.pdf' }).click();
  await chat.ask('What are these?', 2);
  expect(await axeFaults(page)).toEqual([]);
  for (const { name } of [cat, notes]) {
    await chat
      .user(1)
      .getByRole('button', { name: `Open ${name}` })
      .click();
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
  }
  await chat.user(1).getByRole('button', { name: 'Edit' }).click();
  await expect(chat.user(1).getByRole('button', { name: 'Remove notes.txt' })).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
});

test('text in other encodings goes to the model as it was meant', async ({
  chat,
  page,
  provider,
  expectedErrors,
}) => {
  // What they are is looked at once they were refused.
  expectedErrors.push(/415/);
  await chat.openNew('echo');
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Grüße aus Köln', 'utf16le')]);
  // 你好，世界 in GBK.
  const gbk = Buffer.from([0xc4, 0xe3, 0xba, 0xc3, 0xa3, 0xac, 0xca, 0xc0, 0xbd, 0xe7]);
  const files = { 'utf16.txt': utf16, 'gbk.txt': gbk };
  await page.setInputFiles(
    'input[type=file]',
    Object.entries(files).map(([name, buffer]) => ({ name, mimeType: 'text/plain', buffer })),
  );
  const attached = page.getByRole('list', { name: 'Attached files' });
  const choice = attached.getByRole('combobox', { name: 'Read gbk.txt as' });
  await choice.selectOption({ label: 'Chinese (GBK): 你好，世界' });
  await expect(choice).toBeHidden();
  await expect(attached.getByRole('progressbar')).toHaveCount(0);
  await chat.ask('What do they say, in all encodings?', 2);
  const last = (await provider.log()).findLast(({ body }) => JSON.stringify(body).includes('all encodings'));
  const { messages } = (last?.body ?? { messages: [] }) as unknown as Sent;
  const content = JSON.stringify(messages.at(-1)?.content);
  expect(content).toContain('Grüße aus Köln');
  expect(content).toContain('你好，世界');
});

/** Of phones, 8 by 8 points, and as no model takes them. */
const AVIF = Buffer.from(
  'AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAAJAAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAAAAAACAAAAAgAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1hAAAAAAAAAAEAAQQBAoMEAAAALG1kYXQSAAoIGAi/aICGg0IyFhxHh4Xd0000wsAAAJA1jjtxyPWdkxA=',
  'base64',
);
const HEIC = Buffer.from(
  'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAXxtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAABoAABAAAAAAAAACgAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/GlwcnAAAADcaXBjbwAAAHVodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQApQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbqrprm4CGgwIAAAAyAAAADAIRiAAEABkQBwXPBiQAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABAAAAAQAAAAChjbGFwAAAACAAAAAEAAAAIAAAAAf///8gAAAAC////yAAAAAIAAAAQcGl4aQAAAAADCAgIAAAAGGlwbWEAAAAAAAAAAQABBYECAwWEAAAAMG1kYXQAAAAkKAGvC0hOQ4D1/TpX/2Ub8HBBfpRIXlCo1WpWgJySOXqQK4Cw',
  'base64',
);

test('pictures of a phone come as JPEG, whatever the browser draws, and their originals can be saved', async ({
  chat,
  page,
  provider,
}) => {
  await chat.openNew('echo');
  await page.setInputFiles('input[type=file]', [
    { name: 'IMG_1.avif', mimeType: 'image/avif', buffer: AVIF },
    { name: 'IMG_2.HEIC', mimeType: 'image/heic', buffer: HEIC },
  ]);
  const attached = page.getByRole('list', { name: 'Attached files' });
  await expect(attached.getByRole('button', { name: 'Remove IMG_1.jpg' })).toBeVisible();
  // No Chromium draws HEIC by itself.
  await expect(attached.getByRole('button', { name: 'Remove IMG_2.jpg' })).toBeVisible({ timeout: 60_000 });
  await attached.getByRole('button', { name: 'Remove IMG_2.jpg' }).click();
  await chat.ask('What is on the picture of my phone?', 2);
  await expect(chat.user(1).getByRole('img', { name: 'IMG_1.jpg' })).toHaveJSProperty('naturalWidth', 8);
  const last = (await provider.log()).findLast(({ body }) => JSON.stringify(body).includes('of my phone'));
  expect(JSON.stringify(last?.body)).toContain('data:image/jpeg;base64,/9j/');
  await chat.user(1).getByRole('button', { name: 'Open IMG_1.jpg' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('link', { name: 'Save the original (IMG_1.avif)' }).click();
  expect(await readFile(await (await download).path())).toEqual(AVIF);
});

test('a large picture goes as large as models look at, and its original stays', async ({ chat, page }) => {
  await chat.openNew();
  const large = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(3_000, 1_500);
    canvas.getContext('2d')?.fillRect(0, 0, 900, 900);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
    return [...bytes];
  });
  await page.setInputFiles('input[type=file]', {
    ...{ name: 'plan.png', mimeType: 'image/png', buffer: Buffer.from(large) },
  });
  const attached = page.getByRole('list', { name: 'Attached files' });
  await expect(attached).toContainText('3000 × 1500, sent as 2048 × 1024');
  await chat.ask('How large?', 2);
  await expect(chat.user(1).getByRole('img', { name: 'plan.png' })).toHaveJSProperty('naturalWidth', 2_048);
  await chat.user(1).getByRole('button', { name: 'Open plan.png' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('link', { name: 'Save the original (plan.png)' }).click();
  expect(await readFile(await (await download).path())).toEqual(Buffer.from(large));
});

test.describe('on a server of its own', () => {
  test.use({ server: 'own' });
  test('a file that is not on this computer says so, and so does the reply that was asked without it', async ({
    bough,
    chat,
    page,
    expectedErrors,
  }) => {
    expectedErrors.push(/404/);
    await chat.openNew('echo');
    await page.setInputFiles('input[type=file]', [notes]);
    await expect(page.getByRole('button', { name: 'Remove notes.txt' })).toBeVisible();
    const read = await chat.ask('What is in the notes?', 2);
    await expect(read).not.toContainText('not on this computer');
    // As it is on another Bough of the same engine: it has files of its own.
    await rm(join(bough.data, 'files'), { recursive: true });
    await page.reload();
    await expect(
      chat.user(1).getByRole('button', { name: 'Open notes.txt (Not on this computer)' }),
    ).toContainText('Not on this computer');
    const sentence = '“notes.txt” was not on this computer, so the model did not read it.';
    await expect(await chat.ask('And what else?', 4)).toContainText(sentence);
    await page.reload();
    await expect(chat.assistant(4)).toContainText(sentence);
  });
});
