import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { audioOf } from '../../../../protocol/files/audio.ts';
import { flac, mp3, mp4, ogg, wav, webm } from '../../../../protocol/files/testing-audio.ts';
import { AUDIO_LIMIT } from '../../../../protocol/index.ts';
import { prepared } from '../prepared.ts';
import { readableOf } from '../readable.ts';
import { fittingAudio, MOST_SECONDS, mayBeAudio } from './fitting-audio.ts';

/** As a browser's recorder makes it, of a second of a tone. */
async function recorded(type: string): Promise<File> {
  // Nothing sounds before somebody pressed something.
  await userEvent.click(document.body);
  const context = new AudioContext();
  await context.resume();
  const [tone, end] = [context.createOscillator(), context.createMediaStreamDestination()];
  tone.connect(end);
  tone.start();
  const recorder = new MediaRecorder(end.stream, { mimeType: type });
  const chunks: Blob[] = [];
  recorder.ondataavailable = ({ data }) => chunks.push(data);
  const stopped = new Promise((done) => {
    recorder.onstop = done;
  });
  recorder.start();
  await new Promise((done) => setTimeout(done, 1_000));
  recorder.stop();
  await stopped;
  await context.close();
  return new File(chunks, 'memo.webm', { type });
}

const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer());
const loudest = async (file: Blob) => {
  const view = new DataView(await file.arrayBuffer(), 44);
  let most = 0;
  for (let at = 0; at + 2 <= view.byteLength; at += 2) most = Math.max(most, view.getInt16(at, true));
  return most / 32_767;
};

test('MP3 and plain WAV go as they are', async () => {
  expect(await fittingAudio(new File([mp3(40)], 'a.mp3'))).toEqual({ kind: 'fits' });
  expect(await fittingAudio(new File([wav(2, { hertz: 44_100, channels: 2 })], 'a.wav'))).toEqual({
    kind: 'fits',
  });
});

test('what a browser records becomes WAV that every model takes', async () => {
  const fitting = await fittingAudio(await recorded('audio/webm;codecs=opus'));
  if (fitting?.kind !== 'made') throw new Error('not made');
  const { name, type } = fitting.file;
  expect([name, type]).toEqual(['memo.wav', 'audio/wav']);
  const facts = audioOf(await bytesOf(fitting.file));
  expect(facts).toMatchObject({ type: 'audio/wav', plain: true });
  expect(facts?.seconds).toBeGreaterThan(0.3);
  expect(await loudest(fitting.file)).toBeGreaterThan(0.5);
});

test('WAV of another kind, and one that is too large as it is, are made smaller', async () => {
  const odd = await fittingAudio(new File([wav(1, { bits: 8 })], 'Memo 1.WAV'));
  if (odd?.kind !== 'made') throw new Error('not made');
  expect(odd.file.name).toBe('Memo 1.wav');
  expect(odd.file.size).toBe(44 + 32_000);
  expect(await loudest(odd.file)).toBeCloseTo(0.5, 1);
  const large = wav(120, { hertz: 44_100, channels: 2 });
  expect(large.byteLength).toBeGreaterThan(AUDIO_LIMIT);
  const made = await fittingAudio(new File([large], 'a.wav'));
  if (made?.kind !== 'made') throw new Error('not made');
  expect(audioOf(await bytesOf(made.file))?.seconds).toBe(120);
});

test('what is too long is said before it is decoded, what is damaged after', async () => {
  const fault = (kind: string) => ({ kind: 'fault', fault: kind });
  expect(await fittingAudio(new File([flac(86_400)], 'day.flac'))).toEqual(fault('long'));
  expect(await fittingAudio(new File([mp4(MOST_SECONDS + 1, 'soun')], 'a.m4a'))).toEqual(fault('long'));
  expect(await fittingAudio(new File([flac(60)], 'a.flac'))).toEqual(fault('unreadable'));
  expect(await fittingAudio(new File([ogg(3)], 'a.ogg'))).toEqual(fault('unreadable'));
  expect(await fittingAudio(new File(['words'], 'a.mp3'))).toBeUndefined();
  expect(await fittingAudio(new File([mp4(9, 'vide', 'soun')], 'a.m4a'))).toBeUndefined();
});

test('what is said of it, whatever it is called', async () => {
  const { signal } = new AbortController();
  const memo = new File([wav(1, { bits: 8 })], 'memo.wav');
  const made = await prepared(memo, signal);
  expect(made).toMatchObject({ kind: 'file', original: memo, note: 'as WAV' });
  const long = await prepared(new File([flac(86_400)], 'day.flac'), signal);
  expect(long).toMatchObject({ sentence: expect.stringMatching(/10 minutes.*smaller MP3/) });
  const recording = await recorded('audio/webm;codecs=opus');
  const nameless = await readableOf(new File([recording], 'recording'));
  expect(nameless).toMatchObject({ kind: 'file', file: { name: 'recording.wav' } });
  expect(await readableOf(new File([webm('V_VP9', 'A_OPUS')], 'film'))).toMatchObject({ kind: 'no' });
  expect(['a.MP3', 'b.opus', 'c.txt'].map((name) => mayBeAudio(new File([], name)))).toEqual([
    true,
    true,
    false,
  ]);
});
