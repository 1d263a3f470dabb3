/**
 * Audio as models take it: MP3 and WAV as they come, everything else as WAV of 16,000 samples a second, which is what models hear with. The
 * browser decodes it, and what was attached is kept beside (decision 0266).
 */
import { audioOf } from '../../../../protocol/files/audio.ts';
import { AUDIO_LIMIT } from '../../../../protocol/index.ts';

const HERTZ = 16_000;
const HEADER = 44;
/** How long WAV can be that is made here. */
export const MOST_SECONDS = Math.floor((AUDIO_LIMIT - HEADER) / (2 * HERTZ));

export type FittingAudio =
  /** It goes as it is. */
  | { readonly kind: 'fits' }
  | { readonly kind: 'made'; readonly file: File }
  | { readonly kind: 'fault'; readonly fault: 'long' | 'unreadable' };

const ENDING = /\.(mp3|wav|m4a|m4b|ogg|oga|opus|weba|webm|flac)$/i;

/** By its name: what it is its content tells. */
export const isNamedAudio = (name: string): boolean => ENDING.test(name);

/** Files that say they are audio. */
export const mayBeAudio = ({ name, type }: File): boolean => type.startsWith('audio/') || isNamedAudio(name);

/** Undefined: it is none, or a film. */
export async function fittingAudio(file: File): Promise<FittingAudio | undefined> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const known = audioOf(bytes);
  if (!known) return undefined;
  const { type, plain = true, seconds } = known;
  const isTaken = (type === 'audio/mpeg' || type === 'audio/wav') && bytes.length <= AUDIO_LIMIT;
  if (isTaken && plain) return { kind: 'fits' };
  // Before there is room made for it: an hour of silence is small until it is decoded.
  if (seconds === undefined ? bytes.length > AUDIO_LIMIT : seconds > MOST_SECONDS)
    return { kind: 'fault', fault: 'long' };
  const heard = await new OfflineAudioContext(1, 1, HERTZ).decodeAudioData(bytes.buffer).catch(() => null);
  if (!heard) return isTaken ? { kind: 'fits' } : { kind: 'fault', fault: 'unreadable' };
  if (heard.duration > MOST_SECONDS) return { kind: 'fault', fault: 'long' };
  const { name, lastModified } = file;
  const called = `${name.replace(ENDING, '')}.wav`;
  return { kind: 'made', file: new File([wavOf(heard)], called, { type: 'audio/wav', lastModified }) };
}

/** One channel of 16 bits. */
function wavOf(heard: AudioBuffer): ArrayBuffer {
  const wav = new ArrayBuffer(HEADER + heard.length * 2);
  const view = new DataView(wav);
  const put = (at: number, text: string) => {
    for (let n = 0; n < text.length; n += 1) view.setUint8(at + n, text.charCodeAt(n));
  };
  put(0, 'RIFF');
  view.setUint32(4, wav.byteLength - 8, true);
  put(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, HERTZ, true);
  view.setUint32(28, HERTZ * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  put(36, 'data');
  view.setUint32(40, heard.length * 2, true);
  const channels = Array.from({ length: heard.numberOfChannels }, (_, n) => heard.getChannelData(n));
  for (let n = 0; n < heard.length; n += 1) {
    let sum = 0;
    for (const channel of channels) sum += channel[n] as number;
    const level = Math.max(-1, Math.min(1, sum / channels.length));
    view.setInt16(HEADER + n * 2, Math.round(level * 32_767), true);
  }
  return wav;
}
