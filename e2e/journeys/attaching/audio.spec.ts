import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { ogg, wav } from '../../../src/protocol/files/testing-audio.ts';
import { expect, test } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';

const upload = (name: string, bytes: Uint8Array) => ({
  ...{ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) },
});
const memo = wav(2);
/** What is made into WAV: 8 bits a sample. */
const old = wav(3, { bits: 8 });

test('audio goes to the model as what it is, is heard before and after it is sent, and can be had as it was', async ({
  chat,
  page,
  provider,
}) => {
  await chat.openNew('echo');
  await page.setInputFiles('input[type=file]', [upload('memo', memo), upload('old.wav', old)]);
  const attached = page.getByRole('list', { name: 'Attached files' });
  await expect(attached.getByRole('listitem')).toHaveText([
    /memo.*0:02 · 32 kB · about 64 tokens/,
    /old\.wav.*0:03 · as WAV · about 96 tokens/,
  ]);
  expect(await axeFaults(page)).toEqual([]);
  await attached.getByRole('button', { name: 'Open old.wav' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'old.wav' });
  await expect(dialog).toContainText('0:03 · 96 kB');
  await expect(dialog.getByRole('link', { name: 'Save the original (old.wav)' })).toBeVisible();
  const player = dialog.getByLabel('Play old.wav');
  // Behind the content security policy, in the parts that the browser asks for.
  await player.evaluate((audio: HTMLAudioElement) => audio.play());
  await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.currentTime)).toBeGreaterThan(0);
  expect(await player.evaluate((audio: HTMLAudioElement) => audio.duration)).toBeCloseTo(3, 1);
  await player.evaluate((audio: HTMLAudioElement) => {
    audio.currentTime = 2;
  });
  await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.seeking)).toBe(false);
  expect(await player.evaluate((audio: HTMLAudioElement) => audio.currentTime)).toBeGreaterThan(1.5);
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await chat.ask('Who speaks in these?', 2);
  const last = (await provider.log()).findLast(({ body }) => JSON.stringify(body).includes('in these?'));
  const content = JSON.stringify(last?.body);
  const base64 = Buffer.from(memo).toString('base64');
  expect(content).toContain(`{"type":"input_audio","input_audio":{"data":"${base64}","format":"wav"}}`);
  expect(content.match(/input_audio":\{/g)).toHaveLength(2);
  await page.reload();
  await expect(chat.user(1).getByLabel('Play memo')).toBeVisible();
  expect(await axeFaults(page, { part: 'article[data-role=user]' })).toEqual([]);

  await chat.user(1).getByRole('button', { name: 'Open old.wav' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('link', { name: 'Save the original (old.wav)' }).click();
  expect(await readFile(await (await download).path())).toEqual(Buffer.from(old));
});

test('audio that cannot go says why, on a phone too', async ({ chat, page, expectedErrors }) => {
  expectedErrors.push(/415/);
  await page.setViewportSize({ width: 390, height: 844 });
  await chat.openNew();
  await chat.box.fill('About these:');
  await page.setInputFiles('input[type=file]', [
    upload('torn.ogg', ogg(3)),
    upload('lecture.opus', ogg(3_600)),
    upload('empty.mp3', Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1')),
  ]);
  const attached = page.getByRole('list', { name: 'Attached files' });
  await expect(attached.getByRole('listitem')).toHaveText([
    /damaged, or of a kind that cannot be read here\. Save it as MP3 or WAV/,
    /10 minutes of other audio\. Save it as a smaller MP3/,
    /neither an image .*, audio \(MP3, WAV\) nor text/,
  ]);
  expect(await axeFaults(page)).toEqual([]);
  await expect(chat.box).toHaveValue('About these:');
});
