/** What an audio file is and how long it lasts, by its content alone: names and types that come with it can say anything. Pure. */

/** The first two go to models as they are; the others are made into WAV first (decision 0266). */
type AudioType = 'audio/mpeg' | 'audio/wav' | 'audio/ogg' | 'audio/flac' | 'audio/mp4' | 'audio/webm';

export interface AudioFacts {
  readonly type: AudioType;
  /** Absent: the file does not say. */
  readonly seconds?: number;
  /** WAV alone: samples of 16 bits as they are, which every reader takes. */
  readonly plain?: boolean;
}

/** Bytes in which a file says what it is. */
const HEAD = 65_536;

/** Undefined: no audio, damaged, or a film. Looks through all of an MP3. */
export function audioOf(bytes: Uint8Array): AudioFacts | undefined {
  const starts = (text: string, at = 0) => latin(bytes, at, at + text.length) === text;
  if (starts('RIFF') && starts('WAVE', 8)) return wavOf(bytes);
  if (starts('fLaC')) return flacOf(bytes);
  if (starts('OggS')) return oggOf(bytes);
  if (starts('ftyp', 4)) return mp4Of(bytes);
  if (starts('\x1aE\xdf\xa3')) return webmOf(bytes);
  return mp3Of(bytes);
}

const latin = (bytes: Uint8Array, from: number, to: number): string => {
  let text = '';
  for (const byte of bytes.subarray(from, to)) text += String.fromCharCode(byte);
  return text;
};

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Rounded, so that it stays short where it is stored. */
const lasting = (seconds: number): { readonly seconds?: number } =>
  Number.isFinite(seconds) && seconds > 0 ? { seconds: Math.round(seconds * 10) / 10 } : {};

const PCM = 1;
const EXTENSIBLE = 0xfffe;

function wavOf(bytes: Uint8Array): AudioFacts | undefined {
  const view = viewOf(bytes);
  let rate = 0;
  let plain = false;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    const name = latin(bytes, at, at + 4);
    if (name === 'fmt ' && at + 24 <= bytes.length) {
      rate = view.getUint32(at + 16, true);
      const bits = view.getUint16(at + 22, true);
      const coding = view.getUint16(at + 8, true);
      plain = bits === 16 && (coding === PCM || coding === EXTENSIBLE);
    }
    // What is written as it comes says it has more than there is.
    if (name === 'data' && rate > 0)
      return { type: 'audio/wav', plain, ...lasting(Math.min(size, bytes.length - at - 8) / rate) };
    at += 8 + size + (size % 2);
  }
  return undefined;
}

function flacOf(bytes: Uint8Array): AudioFacts | undefined {
  if (bytes.length < 42) return undefined;
  const view = viewOf(bytes);
  const rate = view.getUint32(18) >>> 12;
  const samples = (view.getUint8(21) & 0x0f) * 2 ** 32 + view.getUint32(22);
  return { type: 'audio/flac', ...lasting(samples / rate) };
}

function oggOf(bytes: Uint8Array): AudioFacts | undefined {
  if (bytes.length < 64) return undefined;
  const view = viewOf(bytes);
  const body = 27 + view.getUint8(26);
  const rate = latin(bytes, body, body + 8).startsWith('OpusHead')
    ? 48_000
    : latin(bytes, body, body + 7) === '\x01vorbis' && body + 16 <= bytes.length
      ? view.getUint32(body + 12, true)
      : undefined;
  if (rate === undefined) return undefined;
  const from = Math.max(0, bytes.length - HEAD);
  const page = latin(bytes, from, bytes.length).lastIndexOf('OggS');
  const at = from + page + 6;
  const end = page < 0 || at + 8 > bytes.length ? 0 : Number(view.getBigInt64(at, true));
  return { type: 'audio/ogg', ...lasting(end / rate) };
}

function mp4Of(bytes: Uint8Array): AudioFacts | undefined {
  const moov = boxIn(bytes, 'moov');
  if (!moov) return undefined;
  const text = latin(moov, 0, moov.length);
  const tracks = [...text.matchAll(/hdlr[\s\S]{8}(vide|soun)/g)].map(([, kind]) => kind);
  if (!tracks.includes('soun') || tracks.includes('vide')) return undefined;
  const header = text.indexOf('mvhd') + 4;
  const view = viewOf(moov);
  if (header < 4 || header + 32 > moov.length) return { type: 'audio/mp4' };
  const long = view.getUint8(header) === 1;
  const scale = view.getUint32(header + (long ? 20 : 12));
  const length = long ? Number(view.getBigUint64(header + 24)) : view.getUint32(header + 16);
  return { type: 'audio/mp4', ...lasting(length / scale) };
}

/** The content of the first box of that name at the top. */
function boxIn(bytes: Uint8Array, name: string): Uint8Array | undefined {
  const view = viewOf(bytes);
  for (let at = 0; at + 16 <= bytes.length; ) {
    const short = view.getUint32(at);
    const size = short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    if (latin(bytes, at + 4, at + 8) === name) return bytes.subarray(at + 8, size ? at + size : undefined);
    if (size < 8) return undefined;
    at += size;
  }
  return undefined;
}

/** Recorders of browsers write it as it comes, and do not know how long it will be. */
function webmOf(bytes: Uint8Array): AudioFacts | undefined {
  const head = latin(bytes, 0, HEAD);
  const heard = /A_(OPUS|VORBIS|AAC|FLAC|MPEG)/.test(head);
  return heard && !/V_(VP8|VP9|AV1|MPEG|THEORA)/.test(head) ? { type: 'audio/webm' } : undefined;
}

const BITRATES = {
  1: [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const RATES = [44_100, 48_000, 32_000] as const;

interface AudioFrame {
  readonly bytes: number;
  readonly seconds: number;
}

/** MPEG audio layer III: its version, rate of bits and rate of samples tell how long a frame is. */
function frameAt(bytes: Uint8Array, at: number): AudioFrame | undefined {
  const [sync = 0, kind = 0, rates = 0] = bytes.subarray(at, at + 3);
  if (sync !== 0xff || (kind & 0xe6) !== 0xe2) return undefined;
  const version = (kind >> 3) & 3;
  if (version === 1) return undefined;
  const kbits = BITRATES[version === 3 ? 1 : 2][(rates >> 4) - 1];
  const rate = RATES[((rates >> 2) & 3) as 0 | 1 | 2];
  if (kbits === undefined || rate === undefined) return undefined;
  const samples = version === 3 ? 1_152 : 576;
  const hertz = rate / (version === 3 ? 1 : version === 2 ? 2 : 4);
  const padding = (rates >> 1) & 1;
  return { bytes: Math.floor(((samples / 8) * kbits * 1_000) / hertz) + padding, seconds: samples / hertz };
}

/** Frames that have to follow one another where nothing else tells that it is one. */
const SURE = 2;

function mp3Of(bytes: Uint8Array): AudioFacts | undefined {
  let at = tagSize(bytes);
  if (at === undefined) return undefined;
  // Some leave room between a tag and the first frame.
  while (at < bytes.length && bytes[at] === 0) at += 1;
  const first = at;
  let frames = 0;
  let seconds = 0;
  for (let frame = frameAt(bytes, at); frame; frame = frameAt(bytes, at)) {
    frames += 1;
    seconds += frame.seconds;
    at += frame.bytes;
  }
  if (frames < SURE) return undefined;
  // What cannot be read in the middle lasts about as long as what can.
  const rest = Math.max(0, bytes.length - at);
  const whole = rest > HEAD ? (seconds * (bytes.length - first)) / (at - first) : seconds;
  return { type: 'audio/mpeg', ...lasting(whole) };
}

/** Of the tag before the first frame; 0 without one, undefined where nothing begins like an MP3. */
function tagSize(bytes: Uint8Array): number | undefined {
  const [, , , version = 0] = bytes;
  if (latin(bytes, 0, 3) === 'ID3' && version >= 2 && version <= 4 && bytes.length >= 10)
    return 10 + bytes.subarray(6, 10).reduce((size, byte) => size * 128 + (byte & 0x7f), 0);
  return frameAt(bytes, 0) ? 0 : undefined;
}
