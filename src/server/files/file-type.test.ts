import { expect, test } from 'vitest';
import { flac, mp3, mp4, ogg, wav, webm } from '../../protocol/files/testing-audio.ts';
import { storedType, typeOf } from './file-type.ts';
import { PNG, utf8 } from './testing.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');

test.each([
  ['image/png', PNG],
  ['image/jpeg', latin('\xff\xd8\xff\xe0\0\x10JFIF')],
  ['image/gif', latin('GIF89a\x01\0')],
  ['image/webp', latin('RIFF\x1a\0\0\0WEBPVP8L')],
  ['audio/wav', wav(0.1)],
  ['audio/mpeg', mp3(3)],
  ['audio/mpeg', mp3(3, 64)],
])('%s is known by its first bytes', (type, content) => {
  expect(typeOf(content)).toBe(type);
  expect(storedType(content.subarray(0, 16))).toBe(type);
});

test.each([
  'Notes\r\n\tand more',
  '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  '<!doctype html><script>alert(1)</script>',
  'Grüße aus 東京 🗼',
  'ID3 tags, and what OggS and fLaC mean',
  'OggS is the beginning of a page',
])('%s is plain text, whatever it would be elsewhere', (text) => {
  expect(typeOf(utf8(text))).toBe('text/plain');
});

test.each([
  ['a PDF', latin('%PDF-1.7\n%\xe2\xe3\xcf\xd3'), 'application/pdf'],
  ['a ZIP', latin('PK\x03\x04\x14\0'), 'application/zip'],
  ['HEIC', latin('\0\0\0\x1cftypheic'), 'application/octet-stream'],
  ['M4A', mp4(1, 'soun'), 'application/octet-stream'],
  ['WebM', webm('A_OPUS'), 'application/octet-stream'],
  ['Ogg', ogg(1), 'application/ogg'],
  ['FLAC', flac(1), 'audio/flac'],
])('%s is told as what others are made of', (_what, content, type) => {
  expect([typeOf(content), storedType(content)]).toEqual([type, type]);
});

test.each([
  ['text in UTF-16', latin('\xff\xfeH\0i\0')],
  ['text in Latin-1', latin('caf\xe9')],
  ['text with a NUL', utf8('a\0b')],
  ['a WAV without samples', latin('RIFF\x1a\0\0\0WAVEfmt ')],
  ['the tag of an MP3 and nothing behind it', latin('ID3\x04\0\0\0\0\0\x01<html>')],
])('%s is none of ours', (_what, content) => {
  expect(typeOf(content)).toBeUndefined();
});
