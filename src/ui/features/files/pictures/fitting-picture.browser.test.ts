import { expect, test } from 'vitest';
import { prepared } from '../prepared.ts';
import { EDGE, fitted, fittingPicture, mayBePicture, TooManyPixels } from './fitting-picture.ts';
import { pictureSize } from './picture-size.ts';

async function picture(
  { width, height, type = 'image/png' }: { width: number; height: number; type?: string },
  name: string,
): Promise<File> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('nothing is drawn');
  context.fillStyle = 'rgb(200 30 30)';
  context.fillRect(0, 0, width / 2, height);
  return new File([await canvas.convertToBlob({ type })], name, { type });
}

async function colourAt(file: File, x: number, y: number): Promise<number[]> {
  const image = await createImageBitmap(file);
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
  context?.drawImage(image, 0, 0);
  return [...(context?.getImageData(x, y, 1, 1).data ?? [])];
}

test('what every model takes goes as it is', async () => {
  expect(await fittingPicture(await picture({ width: 300, height: 200 }, 'a.png'))).toBeUndefined();
  expect(
    await fittingPicture(await picture({ width: EDGE, height: 9, type: 'image/webp' }, 'a.webp')),
  ).toBeUndefined();
});

test('what has more pixels than they look at is made smaller, in its own shape and kind', async () => {
  const fits = await fittingPicture(await picture({ width: 4_096, height: 1_000 }, 'wide.png'));
  expect(fits).toMatchObject({ from: { width: 4_096, height: 1_000 }, to: { width: 2_048, height: 500 } });
  expect([fits?.file.name, fits?.file.type]).toEqual(['wide.png', 'image/png']);
  expect(await colourAt(fits?.file as File, 10, 10)).toEqual([200, 30, 30, 255]);
  const photo = await fittingPicture(
    await picture({ width: 10, height: 4_096, type: 'image/jpeg' }, 'tall.JPG'),
  );
  expect([photo?.file.name, photo?.file.type, photo?.to]).toEqual([
    'tall.JPG',
    'image/jpeg',
    { width: 5, height: 2_048 },
  ]);
});

test('what few of them take is turned into what all do, on white', async () => {
  const file = await picture({ width: 20, height: 10, type: 'image/webp' }, 'a.avif');
  const fits = await fittingPicture(new File([file], 'a.avif', { type: 'image/avif' }));
  expect([fits?.file.name, fits?.file.type]).toEqual(['a.jpg', 'image/jpeg']);
  expect(await colourAt(fits?.file as File, 18, 5)).toEqual([255, 255, 255, 255]);
});

/** 64 by 48, half red and half blue: made for this test. */
const HEIC =
  'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAABoQABAAAAAAAAAD8AAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAAEdtZGF0AAAAOygBr1jm9Oq//+Vrv/6j/IfJ//9f/zc9V+3n8/60SVJLTJqEealA5cAf9f0hC0gYtksfCVa5ZLnTbCrg';
const bytesOf = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

test('HEIC becomes JPEG', async () => {
  const fits = await fittingPicture(new File([bytesOf(HEIC)], 'IMG_1.HEIC'));
  expect([fits?.file.name, fits?.file.type]).toEqual(['IMG_1.jpg', 'image/jpeg']);
  expect(fits?.from).toEqual({ width: 64, height: 48 });
  const [red = 0, , blue = 0] = await colourAt(fits?.file as File, 60, 24);
  expect(blue).toBeGreaterThan(150);
  expect(red).toBeLessThan(80);
});

test('what is none, or damaged, or says it has more pixels than one can look at, is not drawn', async () => {
  expect(await fittingPicture(new File(['words'], 'a.png', { type: 'image/png' }))).toBeNull();
  expect(await fittingPicture(new File([bytesOf(HEIC).subarray(0, 440)], 'a.heic'))).toBeNull();
  const huge = new Uint8Array(await (await picture({ width: 2, height: 2 }, 'a.png')).arrayBuffer());
  // The header of a PNG, with its checksum: 12,000 by 12,000.
  huge.set([0, 0, 0x2e, 0xe0, 0, 0, 0x2e, 0xe0], 16);
  huge.set(checksum(huge.subarray(12, 29)), 29);
  await expect(fittingPicture(new File([huge], 'a.png', { type: 'image/png' }))).rejects.toThrow(
    TooManyPixels,
  );
});

function checksum(bytes: Uint8Array): Uint8Array {
  let sum = 0xff_ff_ff_ff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xed_b8_83_20 : 0);
  }
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, ~sum >>> 0);
  return new Uint8Array(view.buffer);
}

test('what is said of a picture that cannot be read, and that what only looks like one goes as it is', async () => {
  const { signal } = new AbortController();
  const damaged = new File([bytesOf(HEIC).subarray(0, 440)], 'IMG_1.HEIC');
  expect(await prepared(damaged, signal)).toMatchObject({
    ...{ kind: 'fault', sentence: expect.stringMatching(/Save it as JPEG/) },
  });
  const words = new File(['words'], 'a.png', { type: 'image/png' });
  expect(await prepared(words, signal)).toEqual({ kind: 'file', file: words });
});

test('what goes as it is goes without what the camera wrote, looks the same, and is kept as it was', async () => {
  const plain = await bytesIn(await picture({ width: 300, height: 200, type: 'image/jpeg' }, 'a.jpg'));
  const place = new TextEncoder().encode(
    'Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0 51.5 N',
  );
  const exif = Uint8Array.from([0xff, 0xe1, 0, place.length + 2, ...place]);
  const taken = new File([plain.subarray(0, 2), exif, plain.subarray(2)], 'IMG_1.jpg', {
    type: 'image/jpeg',
  });
  const turned = await createImageBitmap(taken);
  expect([turned.width, turned.height]).toEqual([200, 300]);
  const made = await prepared(taken, new AbortController().signal);
  if (made.kind !== 'file') throw new Error('not made');
  expect(made).toMatchObject({ original: taken, note: 'without place and camera' });
  expect([made.file.name, made.file.type]).toEqual(['IMG_1.jpg', 'image/jpeg']);
  expect(new TextDecoder('latin1').decode(await bytesIn(made.file))).not.toContain('51.5');
  const same = await createImageBitmap(made.file);
  expect([same.width, same.height]).toEqual([200, 300]);
  expect(await colourAt(made.file, 100, 10)).toEqual(await colourAt(taken, 100, 10));
  const clean = new File([plain as BlobPart], 'b.jpg', { type: 'image/jpeg' });
  expect(await prepared(clean, new AbortController().signal)).toEqual({ kind: 'file', file: clean });
});

const bytesIn = async (file: Blob) => new Uint8Array(await file.arrayBuffer());

test.each(['image/png', 'image/jpeg', 'image/webp'])('%s says how large it is', async (type) => {
  const size = { width: 321, height: 123 };
  const bytes = new Uint8Array(await (await picture({ ...size, type }, 'a')).arrayBuffer());
  expect(pictureSize(bytes)).toEqual(size);
  expect(pictureSize(bytes.subarray(0, 14))).toBeUndefined();
});

test('shapes are kept, and no edge is nothing', () => {
  expect(fitted({ width: 100, height: 50 })).toEqual({ width: 100, height: 50 });
  expect(fitted({ width: 100_000, height: 3 })).toEqual({ width: 2_048, height: 1 });
  expect(['a.HEIC', 'b.txt', 'c.svg'].map((name) => mayBePicture(new File([], name)))).toEqual([
    true,
    false,
    false,
  ]);
});
