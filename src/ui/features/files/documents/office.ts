/** Word, Excel and PowerPoint as text. */
import { zipSync } from 'fflate';
import { pageText, readMarkup } from './markup-text.ts';
import { joined, type ReadText, Unreadable } from './types.ts';
import { type Unpacked, unpack, xmlIn } from './unpack.ts';

/** Packed again without what is not read: the libraries unpack by themselves and count nothing. */
const repacked = (files: Unpacked): Uint8Array => zipSync({ ...files }, { level: 0 });

const isXml = (name: string): boolean => /\.(xml|rels)$/i.test(name);

export async function wordText(zip: Uint8Array, limit: number): Promise<ReadText> {
  const files = unpack(zip, isXml);
  const { default: mammoth } = await import('mammoth/mammoth.browser.min.js');
  const { buffer } = repacked(files);
  const convertImage = mammoth.images.imgElement(async () => ({ src: '' }));
  const { value } = await mammoth.convertToHtml({ arrayBuffer: buffer }, { convertImage }).catch(() => {
    throw new Unreadable('broken');
  });
  // Its pictures have no end tag, which XML asks for.
  const text = pageText(`<body>${value.replace(/<(img|br|hr)\b([^>]*?)\/?>/g, '<$1$2/>')}</body>`);
  if (text === '') throw new Unreadable('wordless');
  return joined([text], { piece: 'document', all: 1, limit });
}

/** Values that are read of one workbook. */
const CELLS = 500_000;

export async function sheetsText(zip: Uint8Array, limit: number): Promise<ReadText> {
  const files = unpack(zip, isXml);
  const { default: readSheets } = await import('read-excel-file/universal');
  const sheets = await readSheets(repacked(files).buffer as ArrayBuffer).catch(() => {
    throw new Unreadable('broken');
  });
  let left = CELLS;
  const pieces = sheets.map(({ sheet, data }) => {
    const lines: string[] = [];
    for (const row of data) {
      left -= row.length;
      if (left < 0) break;
      lines.push(
        row
          .map((value) => cell(valueText(value)))
          .join(',')
          .replace(/,+$/, ''),
      );
    }
    return `## ${sheet}\n\n${lines.join('\n')}`.trimEnd();
  });
  return joined(pieces, { piece: 'sheet', all: sheets.length, limit });
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$|\.000Z$/, '');
  return String(value);
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export async function slidesText(zip: Uint8Array, limit: number): Promise<ReadText> {
  const files = unpack(zip, (name) => isXml(name) && name.startsWith('ppt/'));
  const order = slidesOf(files);
  const pieces = order.map((path, n) => {
    const notes = relations(files, path).find(({ type }) => type.endsWith('/notesSlide'))?.path;
    const said = slideText(xmlIn(files, path) ?? '');
    const noted =
      notes === undefined
        ? ''
        : slideText(xmlIn(files, notes) ?? '')
            .replace(/\n?\d+$/, '')
            .trim();
    return [`## Slide ${n + 1}`, said, noted && `Notes: ${noted}`].filter(Boolean).join('\n\n');
  });
  if (order.length === 0) throw new Unreadable('broken');
  return joined(pieces, { piece: 'slide', all: order.length, limit });
}

/** In the order they are shown. */
function slidesOf(files: Unpacked): string[] {
  const known = new Map(relations(files, 'ppt/presentation.xml').map(({ id, path }) => [id, path]));
  const order: string[] = [];
  readMarkup(xmlIn(files, 'ppt/presentation.xml') ?? '', {
    open: (name, attributes) => {
      const path = name === 'sldId' ? known.get(attributes()['r:id'] ?? '') : undefined;
      if (path !== undefined) order.push(path);
    },
  });
  return order;
}

function relations(files: Unpacked, path: string): { id: string; type: string; path: string }[] {
  const at = path.lastIndexOf('/');
  const found: { id: string; type: string; path: string }[] = [];
  readMarkup(xmlIn(files, `${path.slice(0, at)}/_rels/${path.slice(at + 1)}.rels`) ?? '', {
    open: (name, attributes) => {
      if (name !== 'Relationship') return;
      const { Id: id = '', Type: type = '', Target: target = '' } = attributes();
      found.push({ id, type, path: new URL(target, `zip:/${path}`).pathname.slice(1) });
    },
  });
  return found;
}

/** Paragraphs in lines, cells of a row beside each other. */
function slideText(xml: string): string {
  let [text, inRun] = ['', false];
  readMarkup(xml, {
    open: (name) => {
      inRun = name === 't';
      if (name === 'br') text += '\n';
    },
    close: (name) => {
      if (name === 't') inRun = false;
      if (name === 'p') text += '\n';
      if (name === 'tc') text = `${text.trimEnd()} | `;
      if (name === 'tr') text = `${text.replace(/ \| $/, '')}\n`;
    },
    text: (words) => {
      if (inRun) text += words;
    },
  });
  return text.replace(/\n{2,}/g, '\n').trim();
}
