/** EPUB as text, by chapters in their order. */
import { pageText, readMarkup } from './markup-text.ts';
import { joined, type ReadText, Unreadable } from './types.ts';
import { unpack, xmlIn } from './unpack.ts';

export function bookText(zip: Uint8Array, limit: number): ReadText {
  const files = unpack(zip, (name) => /\.(xml|opf|x?html?)$/i.test(name));
  if (
    Object.hasOwn(files, 'META-INF/encryption.xml') &&
    /<[\w:]*CipherReference[^>]+\.x?html?"/i.test(xmlIn(files, 'META-INF/encryption.xml') ?? '')
  )
    throw new Unreadable('encrypted');
  let root = '';
  readMarkup(xmlIn(files, 'META-INF/container.xml') ?? '', {
    open: (name, attributes) => {
      if (name === 'rootfile' && root === '') root = attributes()['full-path'] ?? '';
    },
  });
  const packed = xmlIn(files, root);
  if (packed === undefined) throw new Unreadable('broken');
  const chapters = spineOf(packed, root);
  const texts = chapters.map((path) => pageText(xmlIn(files, path) ?? '')).filter((text) => text !== '');
  if (texts.length === 0) throw new Unreadable('wordless');
  return joined(texts, { piece: 'chapter', all: texts.length, limit });
}

function spineOf(xml: string, root: string): string[] {
  const items = new Map<string, string>();
  const order: string[] = [];
  readMarkup(xml, {
    open: (name, attributes) => {
      const { id = '', href = '', idref = '' } = attributes();
      if (name === 'item') items.set(id, decodeURIComponent(new URL(href, `zip:/${root}`).pathname.slice(1)));
      if (name === 'itemref') order.push(idref);
    },
  });
  return order.flatMap((id) => items.get(id) ?? []);
}
