/** A prompt of an editor as a message of Bough. */

import type { Bough } from '../client/bough.ts';
import { readJson } from '../client/kit/http.ts';
import { FILES_PATH, type FileRef, fileName, storedFileSchema } from '../protocol/index.ts';

type PromptBlock = Readonly<Record<string, unknown>>;

export interface Sayable {
  readonly text: string;
  readonly files: readonly FileRef[];
}

/** Uploads its images and audio; what else it holds becomes text. Rejects with a sentence where there is nothing to say, or a file is refused. */
export async function sayable(bough: Bough, prompt: readonly unknown[]): Promise<Sayable> {
  const blocks = prompt.filter((block): block is PromptBlock => typeof block === 'object' && block !== null);
  const media = blocks.filter((block) => typeof bytesOf(block) === 'string');
  const files = await Promise.all(media.map((block, n) => upload(bough, block, n)));
  const text = blocks.map(textOfBlock).filter(Boolean).join('\n\n').trim();
  if (text === '' && files.length === 0) throw new Error('There is nothing to say in this prompt.');
  return { text, files };
}

function textOfBlock(block: PromptBlock): string {
  const { type, text, resource } = block;
  if (type === 'text') return String(text ?? '');
  if (type === 'resource_link') return linkOf(block);
  const { uri, text: content } = (resource ?? {}) as PromptBlock;
  if (type !== 'resource' || typeof content !== 'string') return '';
  const fence = '`'.repeat(Math.max(3, ...[...content.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${String(uri ?? 'Attached')}:\n${fence}\n${content.replace(/\n$/, '')}\n${fence}`;
}

function linkOf({ uri, name }: PromptBlock): string {
  const title = String(name ?? uri ?? '').replace(/[\][\\]/g, '');
  return `[${title}](<${String(uri ?? '').replace(/[<>\s]/g, encodeURIComponent)}>)`;
}

/** Of an image or audio, in base64. */
function bytesOf({ type, data, resource }: PromptBlock): unknown {
  if (type === 'image' || type === 'audio') return data;
  return type === 'resource' ? ((resource ?? {}) as PromptBlock).blob : undefined;
}

async function upload(bough: Bough, block: PromptBlock, n: number): Promise<FileRef> {
  const { uri, resource, mimeType } = block;
  const address = String(uri ?? ((resource ?? {}) as PromptBlock).uri ?? '');
  const [kind = '', ending = 'png'] = String(mimeType ?? '').split('/');
  const media = kind === 'audio' ? 'audio' : 'image';
  const name = fileName(lastOf(address) || `${media}-${n + 1}.${ending === 'mpeg' ? 'mp3' : ending}`);
  const response = await bough.http.request(FILES_PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: Buffer.from(String(bytesOf(block)), 'base64'),
  });
  const { hash } = await readJson(response, storedFileSchema);
  return { hash, name };
}

function lastOf(address: string): string {
  const last = address.split('/').pop() ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
