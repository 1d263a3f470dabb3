import { describe, expect, test } from 'vitest';
import { pdfFile, sheetFile } from './documents/testing.ts';
import { prepared, unlikeItsName } from './prepared.ts';

const signal = new AbortController().signal;
const file = (name: string, bytes: Uint8Array | string, type = '') =>
  new File([bytes as BlobPart], name, { type });
const made = (name: string, bytes: Uint8Array | string, type?: string) =>
  prepared(file(name, bytes, type), signal);

async function picture(type: 'image/png' | 'image/jpeg'): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(8, 8);
  canvas.getContext('2d')?.fillRect(0, 0, 4, 4);
  return new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer());
}

describe('what a file is, its content tells', () => {
  test('a PDF is read whatever it is called, and said to be one', async () => {
    const bytes = pdfFile(['Acorns fall in autumn', 'Oaks rise']);
    for (const name of ['plan.pdf', 'plan.txt', 'plan']) {
      const read = await made(name, bytes);
      expect(read).toMatchObject({ kind: 'file', other: 'pages', original: { name } });
      if (read.kind !== 'file') return;
      expect(await read.file.text()).toContain('Acorns fall in autumn');
      expect(read.note).toBe(name === 'plan.pdf' ? '2 pages as text' : 'a PDF, 2 pages as text');
    }
  });

  test('a table of Excel that is called otherwise is one', async () => {
    const read = await made('rings.docx', sheetFile({ Trees: [['oak', 120]] }));
    expect(read).toMatchObject({ kind: 'file', note: 'a file of Excel, 1 sheet as text' });
  });

  test('text that is called a PDF goes as text, and that is said', async () => {
    const plain = file('plan.pdf', 'A plan, in words');
    expect(await prepared(plain, signal)).toEqual({ kind: 'file', file: plain });
    expect(unlikeItsName(plain, 'text/plain')).toBe('text, whatever its name says');
  });

  test('a picture that is called otherwise loses what its camera wrote, too', async () => {
    const jpeg = await picture('image/jpeg');
    const words = new TextEncoder().encode('Exif\0\0of a garden');
    const size = words.length + 2;
    const told = Uint8Array.of(
      ...jpeg.subarray(0, 2),
      0xff,
      0xe1,
      size >> 8,
      size & 255,
      ...words,
      ...jpeg.subarray(2),
    );
    const read = await made('notes.txt', told, 'text/plain');
    if (read.kind !== 'file') throw new Error(read.sentence);
    expect(read.original?.name).toBe('notes.txt');
    expect(await read.file.text()).not.toContain('of a garden');
  });
});

test.each([
  ['three bytes', async () => Uint8Array.of(0xff, 0xd8, 0xff)],
  ['the mark of a PNG', async () => (await picture('image/png')).subarray(0, 12)],
])('a picture of which there are only %s is refused here, kindly', async (_, bytes) => {
  const sentence = expect.stringContaining('damaged or not whole');
  expect(await made('photo.jpg', await bytes(), 'image/jpeg')).toEqual({ kind: 'fault', sentence });
});

test('a picture that breaks off goes, and that it may not be seen stands beside it', async () => {
  const broken = (await picture('image/png')).slice(0, -30);
  const torn = file('photo.png', broken, 'image/png');
  expect(await prepared(torn, signal)).toEqual({
    kind: 'file',
    file: torn,
    note: 'damaged: a model may not see it',
  });
});

test.each([
  ['photo.jpg', 'image/png', undefined],
  ['photo.jpg', 'text/plain', 'text, whatever its name says'],
  ['song.mp3', 'text/plain', 'text, whatever its name says'],
  ['notes.md', 'text/plain', undefined],
  ['page.html', 'text/plain', undefined],
  ['drawing.svg', 'text/plain', undefined],
  ['notes', 'image/png', undefined],
  ['notes.txt', 'audio/mpeg', 'audio, whatever its name says'],
  ['notes.txt', 'image/gif', 'a picture, whatever its name says'],
])('of %s, which is %s, it is said: %s', (name, type, note) => {
  expect(unlikeItsName(file(name, 'x'), type)).toBe(note);
});
