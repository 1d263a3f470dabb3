/** What a file is, by its content alone: a name or a content type can say anything. Pure. */
import { audioOf } from '../../protocol/files/audio.ts';
import { isAudio, TEXT_TYPE } from '../../protocol/index.ts';

interface Magic {
  readonly type: string;
  /** Bytes the file begins with, at their places. */
  readonly at: readonly (readonly [offset: number, bytes: string])[];
}

const MAGIC: readonly Magic[] = [
  { type: 'image/png', at: [[0, '\x89PNG\r\n\x1a\n']] },
  { type: 'image/jpeg', at: [[0, '\xff\xd8\xff']] },
  { type: 'image/gif', at: [[0, 'GIF87a']] },
  { type: 'image/gif', at: [[0, 'GIF89a']] },
  {
    type: 'image/webp',
    at: [
      [0, 'RIFF'],
      [8, 'WEBP'],
    ],
  },
];

/** MP3 begins with a tag, whose version no text could have, or with a frame: eleven bits, then its version and layer. */
const AUDIO: readonly Magic[] = [
  {
    type: 'audio/wav',
    at: [
      [0, 'RIFF'],
      [8, 'WAVE'],
    ],
  },
  ...[
    'ID3\x02',
    'ID3\x03',
    'ID3\x04',
    '\xff\xfb',
    '\xff\xfa',
    '\xff\xf3',
    '\xff\xf2',
    '\xff\xe3',
    '\xff\xe2',
  ].map((bytes): Magic => ({ type: 'audio/mpeg', at: [[0, bytes]] })),
];

/** Containers of what is attached and made into something else for models: PDF; Office and EPUB; HEIC, AVIF and M4A; other audio. */
const CONTAINERS: readonly Magic[] = [
  { type: 'application/pdf', at: [[0, '%PDF-']] },
  { type: 'application/zip', at: [[0, 'PK\x03\x04']] },
  { type: 'application/octet-stream', at: [[4, 'ftyp']] },
  { type: 'application/ogg', at: [[0, 'OggS\0']] },
  { type: 'audio/flac', at: [[0, 'fLaC\0\0\0"']] },
  { type: 'audio/flac', at: [[0, 'fLaC\x80\0\0"']] },
  { type: 'application/octet-stream', at: [[0, '\x1aE\xdf\xa3']] },
];

const ALL = [...MAGIC, ...AUDIO, ...CONTAINERS];

/** How many bytes from its beginning tell an image. */
export const HEAD_BYTES = 16;

function typeIn(kinds: readonly Magic[], head: Uint8Array): string | undefined {
  const latin = Buffer.from(head.subarray(0, HEAD_BYTES)).toString('latin1');
  return kinds.find(({ at }) => at.every(([offset, bytes]) => latin.startsWith(bytes, offset)))?.type;
}

/** `text/plain` for anything people could have typed, HTML and SVG too; the type of an image, audio or a container; undefined for the rest. */
export function typeOf(content: Uint8Array): string | undefined {
  const type = typeIn(ALL, content) ?? (isText(content) ? TEXT_TYPE : undefined);
  if (!type || !isAudio({ type })) return type;
  // Few bytes tell it, and they may be anything's.
  return audioOf(content) ? type : undefined;
}

/** Of a stored file, by its first bytes: what is nothing else was checked to be text when it came. */
export const storedType = (head: Uint8Array): string => typeIn(ALL, head) ?? TEXT_TYPE;

/** UTF-8 without control characters other than tab, line feed, form feed, carriage return and escape. */
function isText(content: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    return !/[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/.test(text);
  } catch {
    return false;
  }
}
