import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partTokens } from '../index.ts';
import { audioOf } from './audio.ts';
import { flac, mp3, mp4, ogg, wav, webm } from './testing-audio.ts';

const utf16 = Uint8Array.from([0xff, 0xfe, 0x47, 0, 0x72, 0]);

test.each([
  ['WAV', wav(2.5), { type: 'audio/wav', plain: true, seconds: 2.5 }],
  ['WAV in stereo', wav(3, { hertz: 44_100, channels: 2 }), { type: 'audio/wav', plain: true, seconds: 3 }],
  ['WAV of 8 bits', wav(1, { bits: 8 }), { type: 'audio/wav', plain: false, seconds: 1 }],
  ['MP3', mp3(383), { type: 'audio/mpeg', seconds: 10 }],
  ['MP3 behind a tag', mp3(383, 5_000), { type: 'audio/mpeg', seconds: 10 }],
  ['FLAC', flac(125), { type: 'audio/flac', seconds: 125 }],
  ['FLAC of a day', flac(86_400 * 2), { type: 'audio/flac', seconds: 172_800 }],
  ['Ogg Opus', ogg(61), { type: 'audio/ogg', seconds: 61 }],
  ['M4A', mp4(90, 'soun'), { type: 'audio/mp4', seconds: 90 }],
  ['WebM', webm('A_OPUS'), { type: 'audio/webm' }],
])('%s is known by its content, with how long it lasts', (_what, bytes, facts) => {
  expect(audioOf(bytes)).toEqual(facts);
});

test.each([
  ['a film in MP4', mp4(90, 'vide', 'soun')],
  ['a picture in the same container', mp4(90)],
  ['a film in WebM', webm('V_VP9', 'A_OPUS')],
  ['a film in Ogg', ogg(5, '\x80theora')],
  ['WAV without samples', wav(1).subarray(0, 40)],
  ['a tag with nothing behind it', mp3(0, 100)],
  ['one frame, which may be anything', mp3(1)],
  ['text in UTF-16', utf16],
  ['words', new TextEncoder().encode('ID3 tags, and what RIFF means')],
  ['nothing', new Uint8Array()],
])('%s is no audio', (_what, bytes) => {
  expect(audioOf(bytes)).toBeUndefined();
});

test('an MP3 with something unreadable in its middle lasts as long as it is', () => {
  const half = mp3(2_000);
  const bytes = new Uint8Array(half.length * 2);
  bytes.set(half);
  expect(audioOf(bytes)?.seconds).toBeCloseTo(104.5, 0);
});

const SAMPLES = [wav(0.1), mp3(3, 20), flac(1), ogg(1), mp4(1, 'soun'), webm('A_OPUS')];

test('whatever is cut off or changed in it, nothing is thrown', () => {
  const broken = fc
    .tuple(fc.constantFrom(...SAMPLES), fc.nat(200), fc.array(fc.tuple(fc.nat(120), fc.nat(255))))
    .map(([sample, end, changes]) => {
      const bytes = sample.slice(0, end);
      for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
      return bytes;
    });
  fc.assert(
    fc.property(fc.oneof(broken, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      const { seconds = 1 } = audioOf(bytes) ?? {};
      expect(seconds).toBeGreaterThanOrEqual(0);
      expect(Number.isFinite(seconds)).toBe(true);
    }),
  );
});

test('its tokens follow how long it lasts, or its size where that is not known', () => {
  const part = { kind: 'file', hash: 'a', name: 'a.mp3', type: 'audio/mpeg', size: 160_000 } as const;
  expect(partTokens({ ...part, seconds: 60 })).toBe(1_920);
  expect(partTokens(part)).toBe(320);
});
