import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutMetadata } from './picture-metadata.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const two = (n: number): string => String.fromCharCode(n >> 8, n & 255);
const four = (n: number): string => two(n >>> 16) + two(n & 0xffff);

const segment = (marker: string, content: string): string =>
  `\xff${marker}${two(content.length + 2)}${content}`;
/** Exif of a camera: how it is turned, and a place. */
const tiff = (turned: number): string =>
  `MM\0*${four(8)}${two(2)}\x01\x0f\0\x02${four(4)}GPS\0\x01\x12\0\x03${four(1)}${two(turned)}\0\0${four(0)}51.5 N`;
const app0 = segment('\xe0', 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0');
const colours = segment('\xe2', 'ICC_PROFILE\0\x01\x01sRGB');
const frame = segment('\xc0', '\x08\0\x08\0\x08\x01\x01\x11\0');
const scan = `${segment('\xda', '\x01\x01\0\0\x3f\0')}ab\xff\0cd\xff\xd0ef`;
const end = '\xff\xd9';
const jpeg = (...segments: string[]): Uint8Array =>
  bytesOf(`\xff\xd8${segments.join('')}${frame}${scan}${end}`);

test('of a JPEG everything goes but the picture, its colours and how it is to be turned', () => {
  const said = [
    segment('\xe1', `Exif\0\0${tiff(6)}`),
    segment('\xe1', 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta GPS/>'),
    segment('\xed', 'Photoshop 3.0\0 by Ann'),
    segment('\xfe', 'Taken at home'),
    segment('\xe2', 'MPF\0 a second one'),
  ];
  const clean = withoutMetadata(jpeg(app0, ...said, colours));
  expect(textOf(clean)).not.toMatch(/GPS|51\.5|xap|Ann|home|MPF/);
  const turn = segment(
    '\xe1',
    `Exif\0\0MM\0*${four(8)}${two(1)}\x01\x12\0\x03${four(1)}${two(6)}\0\0${four(0)}`,
  );
  expect(textOf(clean)).toBe(textOf(jpeg(app0, turn, colours)));
  expect(withoutMetadata(clean)).toEqual(clean);
});

test('what stands behind the end of a JPEG goes: telephones put another picture there, or a film', () => {
  const plain = jpeg(app0);
  const trailed = bytesOf(
    `${textOf(plain)}${textOf(jpeg(segment('\xe1', `Exif\0\0${tiff(1)}`)))}ftypmp42 51.5 N`,
  );
  expect(textOf(withoutMetadata(trailed))).toBe(textOf(plain));
});

const chunk = (name: string, content: string): string => `${four(content.length)}${name}${content}CRC!`;
const png = (...chunks: string[]): Uint8Array =>
  bytesOf(`\x89PNG\r\n\x1a\n${chunk('IHDR', 'x'.repeat(13))}${chunks.join('')}${chunk('IEND', '')}`);

test('of a PNG its texts, its time and its Exif go', () => {
  const picture = [chunk('iCCP', 'sRGB'), chunk('IDAT', 'pixels')];
  const said = [
    chunk('tEXt', 'Author\0Ann'),
    chunk('eXIf', tiff(1)),
    chunk('tIME', '2026'),
    chunk('iTXt', 'XML'),
  ];
  expect(textOf(withoutMetadata(png(...said, ...picture)))).toBe(textOf(png(...picture)));
});

const riff = (name: string, content: string): string =>
  `${name}${[...four(content.length)].reverse().join('')}${content}${content.length % 2 ? '\0' : ''}`;
const webp = (...chunks: string[]): Uint8Array => bytesOf(riff('RIFF', `WEBP${chunks.join('')}`));
const vp8x = (flags: number): string => riff('VP8X', `${String.fromCharCode(flags)}${'\0'.repeat(9)}`);

test('of a WebP its Exif and XMP go, and its head says so', () => {
  const said = [riff('EXIF', tiff(1)), riff('XMP ', '<x:xmpmeta/>')];
  expect(textOf(withoutMetadata(webp(vp8x(0x3c), riff('VP8 ', 'pixels'), ...said)))).toBe(
    textOf(webp(vp8x(0x30), riff('VP8 ', 'pixels'))),
  );
  const turned = textOf(withoutMetadata(webp(vp8x(0x0c), riff('VP8 ', 'pixels'), riff('EXIF', tiff(8)))));
  expect(turned).toContain(`\x01\x12\0\x03${four(1)}${two(8)}`);
  expect(turned).not.toContain('51.5');
  expect(turned.charCodeAt(20)).toBe(0x08);
});

test.each([
  ['a plain JPEG', jpeg(app0, colours)],
  ['a plain PNG', png(chunk('IDAT', 'pixels'))],
  ['a plain WebP', webp(riff('VP8 ', 'pixels'))],
  ['a GIF', bytesOf('GIF89a')],
  ['words', bytesOf('words')],
  ['nothing', new Uint8Array()],
  ['a JPEG that breaks off', jpeg(app0, segment('\xfe', 'home')).slice(0, 60)],
])('%s is the same array', (_what, bytes) => {
  expect(withoutMetadata(bytes)).toBe(bytes);
});

const SAMPLES = [
  jpeg(app0, segment('\xe1', `Exif\0\0${tiff(3)}`)),
  png(chunk('tEXt', 'Author\0Ann'), chunk('IDAT', 'pixels')),
  webp(vp8x(0x0c), riff('VP8 ', 'pixels'), riff('EXIF', tiff(3))),
];

test('whatever is changed in it or cut off, nothing is thrown, and what is left is never more', () => {
  const broken = fc
    .tuple(fc.constantFrom(...SAMPLES), fc.nat(300), fc.array(fc.tuple(fc.nat(200), fc.nat(255))))
    .map(([sample, length, changes]) => {
      const bytes = sample.slice(0, length);
      for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
      return bytes;
    });
  fc.assert(
    fc.property(broken, (bytes) => {
      const clean = withoutMetadata(bytes);
      expect(clean.length).toBeLessThanOrEqual(bytes.length);
      expect(withoutMetadata(clean).length).toBe(clean.length);
    }),
  );
});
