/** Pictures in an answer, in the shapes in which servers send them. */
import type { ModelEvent } from '../port.ts';
import { type Json, objectIn, textIn } from './reader.ts';

const DATA = /^data:image\/[\w.+-]+;base64,/i;

/**
 * A picture that came along, as its bytes. One that stands elsewhere is named as Markdown, so that people decide whether it
 * is fetched (decision 0072). Nothing for a part that is none.
 */
export function pictureFrom(part: Json): readonly ModelEvent[] {
  const source = objectIn(part.source) ?? objectIn(part.inline_data) ?? objectIn(part.inlineData);
  const inner = objectIn(part.image_url) ?? objectIn(part.image) ?? source ?? part;
  const address = textIn(part.image_url) || textIn(part.image) || textIn(inner.url);
  const data = textIn(inner.b64_json) || textIn(inner.data) || (DATA.test(address) ? address : '');
  if (data !== '') {
    const bytes = Buffer.from(data.replace(DATA, ''), 'base64');
    return bytes.length === 0 ? [] : [{ kind: 'picture', bytes: new Uint8Array(bytes) }];
  }
  if (!/^https?:\/\/[^\s<>]+$/i.test(address)) return [];
  return [{ kind: 'text', text: `\n\n![A picture](<${address}>)\n\n` }];
}
