/** Documents made for tests: as small as they can be and still be what they are. */
import { strToU8, zipSync } from 'fflate';

export const zipped = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const CONTENT = (parts: readonly (readonly [path: string, type: string])[]) =>
  `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts
    .map(
      ([path, type]) =>
        `<Override PartName="/${path}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/>`,
    )
    .join('')}</Types>`;
const relations = (of: readonly (readonly [id: string, type: string, target: string])[]) =>
  `${XML}<Relationships xmlns="${RELATIONS}">${of
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** @param body of the document, in WordprocessingML */
export function wordFile(body: string): Uint8Array {
  return zipped({
    '[Content_Types].xml': CONTENT([['word/document.xml', 'wordprocessingml.document.main']]),
    '_rels/.rels': relations([['r1', 'officeDocument', 'word/document.xml']]),
    'word/document.xml': `${XML}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
    'word/styles.xml': `${XML}<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>`,
    'word/_rels/document.xml.rels': relations([['r2', 'styles', 'styles.xml']]),
  });
}

export const wordParagraph = (text: string, style = ''): string =>
  `<w:p>${style && `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

export function sheetFile(
  sheets: Readonly<Record<string, readonly (readonly (string | number)[])[]>>,
): Uint8Array {
  const names = Object.keys(sheets);
  const rows = (data: readonly (readonly (string | number)[])[]) =>
    data
      .map(
        (row, r) =>
          `<row r="${r + 1}">${row
            .map((value, c) => {
              const at = `r="${String.fromCharCode(65 + c)}${r + 1}"`;
              return typeof value === 'number'
                ? `<c ${at}><v>${value}</v></c>`
                : `<c ${at} t="inlineStr"><is><t>${value}</t></is></c>`;
            })
            .join('')}</row>`,
      )
      .join('');
  return zipped({
    '[Content_Types].xml': CONTENT([['xl/workbook.xml', 'spreadsheetml.sheet.main']]),
    '_rels/.rels': relations([['r1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `${XML}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><sheets>${names
      .map((name, n) => `<sheet name="${name}" sheetId="${n + 1}" r:id="s${n + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      names.map((_, n) => [`s${n + 1}`, 'worksheet', `worksheets/sheet${n + 1}.xml`] as const),
    ),
    ...Object.fromEntries(
      names.map((name, n) => [
        `xl/worksheets/sheet${n + 1}.xml`,
        `${XML}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows(sheets[name] ?? [])}</sheetData></worksheet>`,
      ]),
    ),
  });
}

/** Slides in the order given, stored in the other. */
export function slideFile(
  slides: readonly (readonly string[])[],
  notes: Readonly<Record<number, string>> = {},
): Uint8Array {
  const text = (lines: readonly string[]) =>
    `<a:txBody>${lines.map((line) => `<a:p><a:r><a:t>${line}</a:t></a:r></a:p>`).join('')}</a:txBody>`;
  const space =
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"';
  const number = (n: number) => slides.length - n;
  return zipped({
    'ppt/presentation.xml': `${XML}<p:presentation ${space} xmlns:r="${OFFICE}"><p:sldIdLst>${slides
      .map((_, n) => `<p:sldId id="${256 + n}" r:id="s${n}"/>`)
      .join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relations(
      slides.map((_, n) => [`s${n}`, 'slide', `slides/slide${number(n)}.xml`] as const),
    ),
    ...Object.fromEntries(
      slides.flatMap((lines, n) => [
        [`ppt/slides/slide${number(n)}.xml`, `${XML}<p:sld ${space}>${text(lines)}</p:sld>`],
        [
          `ppt/slides/_rels/slide${number(n)}.xml.rels`,
          relations(notes[n] === undefined ? [] : [['n', 'notesSlide', `../notesSlides/notes${n}.xml`]]),
        ],
        [`ppt/notesSlides/notes${n}.xml`, `${XML}<p:notes ${space}>${text([notes[n] ?? ''])}</p:notes>`],
      ]),
    ),
  });
}

export function bookFile(chapters: readonly string[]): Uint8Array {
  const page = (body: string) =>
    `${XML}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Not in the text</title></head><body>${body}</body></html>`;
  return zipped({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': `${XML}<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>`,
    'OEBPS/book.opf': `${XML}<package xmlns="http://www.idpf.org/2007/opf"><manifest>${chapters
      .map((_, n) => `<item id="c${n}" href="text/chapter%20${n}.xhtml"/>`)
      .reverse()
      .join(
        '',
      )}</manifest><spine>${chapters.map((_, n) => `<itemref idref="c${n}"/>`).join('')}</spine></package>`,
    ...Object.fromEntries(chapters.map((body, n) => [`OEBPS/text/chapter ${n}.xhtml`, page(body)])),
  });
}

/** A PDF with a line of text a page; a page without a line is blank. */
export function pdfFile(lines: readonly string[], trailer = ''): Uint8Array {
  const kids = lines.map((_, n) => `${3 + 2 * n} 0 R`).join(' ');
  const font = 3 + 2 * lines.length;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${kids}]/Count ${lines.length}>>`,
    ...lines.flatMap((line, n) => {
      const stream = line === '' ? '' : `BT /F1 12 Tf 20 100 Td (${line}) Tj ET`;
      return [
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents ${4 + 2 * n} 0 R/Resources<</Font<</F1 ${font} 0 R>>>>>>`,
        `<</Length ${stream.length}>>\nstream\n${stream}\nendstream`,
      ];
    }),
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, n) => {
    const at = text.length;
    text += `${n + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
  text += `trailer\n<</Size ${objects.length + 1}/Root 1 0 R${trailer}>>\nstartxref\n${start}\n%%EOF\n`;
  return strToU8(text, true);
}
