/** For tests: audio made by hand. */

const latin = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const little = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, n) => Math.floor(value / 256 ** n) % 256);
const big = (value: number, bytes: number): number[] => little(value, bytes).reverse();

export interface WavOptions {
  /** Samples a second. Default: 8,000. */
  readonly hertz?: number;
  readonly channels?: number;
  /** A sample. Default: 16. */
  readonly bits?: 8 | 16;
}

/** A tone of 440 Hz. */
export function wav(
  seconds: number,
  { hertz = 8_000, channels = 1, bits = 16 }: WavOptions = {},
): Uint8Array<ArrayBuffer> {
  const samples = Math.round(seconds * hertz);
  const wide = (channels * bits) / 8;
  const head = [
    ...[...latin('RIFF'), ...little(36 + samples * wide, 4), ...latin('WAVEfmt '), ...little(16, 4)],
    ...[...little(1, 2), ...little(channels, 2), ...little(hertz, 4), ...little(hertz * wide, 4)],
    ...[...little(wide, 2), ...little(bits, 2), ...latin('data'), ...little(samples * wide, 4)],
  ];
  const bytes = new Uint8Array(head.length + samples * wide);
  bytes.set(head);
  const view = new DataView(bytes.buffer, head.length);
  // Each second of it is like the first.
  for (let n = 0; n < Math.min(samples, hertz) * channels; n += 1) {
    const level = Math.sin((Math.floor(n / channels) / hertz) * 440 * 2 * Math.PI) / 2;
    if (bits === 16) view.setInt16(n * 2, Math.round(level * 32_767), true);
    else view.setUint8(n, Math.round(128 + level * 127));
  }
  for (let second = 1; second * hertz < samples; second += 1)
    bytes.copyWithin(
      head.length + second * hertz * wide,
      head.length,
      head.length + Math.min(hertz, samples - second * hertz) * wide,
    );
  return bytes;
}

/** Frames of silence: MPEG 1 layer III, 128 kbit/s, 44.1 kHz; 1,152 samples each. @param tag bytes of the tag before them; 0: none */
export function mp3(frames: number, tag = 0): Uint8Array<ArrayBuffer> {
  const size = 417;
  const before = tag === 0 ? [] : [...latin('ID3\x04\0\0'), 0, 0, tag >> 7, tag & 127];
  const bytes = new Uint8Array(before.length + tag + frames * size);
  bytes.set(before);
  for (let n = 0; n < frames; n += 1) bytes.set([0xff, 0xfb, 0x90, 0x64], before.length + tag + n * size);
  return bytes;
}

/** The head of a FLAC, which says how long it lasts. */
export function flac(seconds: number): Uint8Array<ArrayBuffer> {
  const hertz = 44_100;
  const samples = seconds * hertz;
  const bits = [
    hertz >> 12,
    (hertz >> 4) & 255,
    ((hertz & 15) << 4) | 2,
    240 + Math.floor(samples / 2 ** 32),
  ];
  return Uint8Array.from([
    ...[...latin('fLaC'), 0x80, 0, 0, 34, ...big(4_096, 2), ...big(4_096, 2), ...big(0, 6)],
    ...[...bits, ...big(samples % 2 ** 32, 4), ...big(0, 16)],
  ]);
}

/** First and last page of an Opus recording. */
export function ogg(seconds: number, coding = 'OpusHead'): Uint8Array<ArrayBuffer> {
  const page = (samples: number, body: number[]) => [
    ...[...latin('OggS'), 0, 2, ...little(samples, 8), ...little(7, 4), ...little(0, 8), 1, body.length],
    ...body,
  ];
  const head = [...latin(coding), 1, 1, ...little(0, 2), ...little(48_000, 4), 0, 0, 0];
  return Uint8Array.from([...page(0, head), ...page(seconds * 48_000, big(0, 40))]);
}

/** Boxes of an M4A, or of a film where it has another track. */
export function mp4(seconds: number, ...tracks: readonly ('soun' | 'vide')[]): Uint8Array<ArrayBuffer> {
  const box = (name: string, ...content: number[][]) => {
    const body = content.flat();
    return [...big(body.length + 8, 4), ...latin(name), ...body];
  };
  const head = box('mvhd', big(0, 12), big(1_000, 4), big(seconds * 1_000, 4), big(0, 80));
  const parts = tracks.map((kind) => box('trak', box('hdlr', big(0, 8), latin(kind), big(0, 13))));
  return Uint8Array.from([
    ...[...box('ftyp', latin('M4A '), big(0, 4)), ...box('mdat', big(0, 64)), ...box('moov', head, ...parts)],
  ]);
}

/** The beginning of what a browser records. */
export const webm = (...codings: readonly string[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([
    ...latin('\x1aE\xdf\xa3'),
    ...latin('B\x82\x84webm'),
    ...codings.flatMap(latin),
    ...big(0, 40),
  ]);
