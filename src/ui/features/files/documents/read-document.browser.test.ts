import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentPages, documentText } from './document-reader.ts';
import { readDocument } from './read-document.ts';
import { bookFile, pdfFile, sheetFile, slideFile, wordFile, wordParagraph, zipped } from './testing.ts';
import { unpack } from './unpack.ts';

const LIMIT = 100_000;
const fileOf = (bytes: Uint8Array) => new File([bytes as Uint8Array<ArrayBuffer>], 'any');

describe('documents as text, in the worker', () => {
  test.each([
    [
      'a PDF by its pages',
      pdfFile(['Acorns fall', '', 'Oaks rise']),
      {
        text: '## Page 1\n\nAcorns fall\n\n## Page 2\n\n## Page 3\n\nOaks rise',
        piece: 'page',
        read: 3,
        all: 3,
      },
    ],
    [
      'Word with its headings and tables',
      wordFile(
        `${wordParagraph('Trees &amp; more', 'Heading1')}${wordParagraph('Oaks are old.')}<w:tbl><w:tr><w:tc>${wordParagraph('a')}</w:tc><w:tc>${wordParagraph('b')}</w:tc></w:tr></w:tbl>`,
      ),
      { text: '# Trees & more\n\nOaks are old.\n\na | b', piece: 'document', read: 1, all: 1 },
    ],
    [
      'Excel, every sheet',
      sheetFile({
        Trees: [
          ['name', 'rings'],
          ['oak, old', 120],
        ],
        Empty: [],
        More: [['x']],
      }),
      {
        text: '## Trees\n\nname,rings\n"oak, old",120\n\n## Empty\n\n## More\n\nx',
        piece: 'sheet',
        read: 3,
        all: 3,
      },
    ],
    [
      'PowerPoint in the order it is shown, with its notes',
      slideFile([['First', 'a line'], ['Second']], { 1: 'Say this' }),
      {
        text: '## Slide 1\n\nFirst\na line\n\n## Slide 2\n\nSecond\n\nNotes: Say this',
        piece: 'slide',
        read: 2,
        all: 2,
      },
    ],
    [
      'EPUB in the order it is read',
      bookFile(['<h1>One</h1><p>It was &mdash; <b>late</b>.</p><ul><li>a</li><li>b</li></ul>', '<p>Two</p>']),
      { text: '# One\n\nIt was — late.\n\n- a\n- b\n\nTwo', piece: 'chapter', read: 2, all: 2 },
    ],
  ])('%s', async (_what, bytes, expected) => {
    expect(await documentText(fileOf(bytes))).toEqual({ kind: 'text', whole: true, ...expected });
  });

  test('HTML as people write it, without what runs or is not seen', async () => {
    const html = `<!DOCTYPE html><html><head><title>T</title><script>while(true){}</script></head>
      <body onload="fetch('https://evil.example')"><h1>Trees &amp; more<p>Oaks<br>rise<ul><li>a<li>b</ul>
      <style>p{}</style><img src="https://evil.example/p.png"><iframe src="https://evil.example"></iframe><table><tr><td>x<td>y</table>`;
    expect(await documentText(new File([html], 'a.html'))).toMatchObject({
      ...{ kind: 'text', piece: 'document', whole: true },
      text: '# Trees & more\n\nOaks\nrise\n\n- a\n- b\n\nx | y',
    });
    const cyrillic = new Uint8Array([
      ...new TextEncoder().encode('<html><meta charset=windows-1251>'),
      0xcf,
      0xf0,
    ]);
    expect(await documentText(fileOf(cyrillic))).toMatchObject({ text: 'Пр' });
    expect(await documentText(new File(['<html><script>1</script>'], 'a.html'))).toEqual({
      kind: 'fault',
      fault: 'wordless',
    });
  });

  test('pages of a PDF as pictures, as many as are wanted', async () => {
    const read = await documentPages(fileOf(pdfFile(['Acorns fall', 'Oaks rise', 'More'])), 2);
    if (read?.kind !== 'pages') throw new Error(`no pages: ${JSON.stringify(read)}`);
    expect([read.all, read.pages.length, read.pages[0]?.type]).toEqual([3, 2, 'image/jpeg']);
    const image = await createImageBitmap(read.pages[0] as Blob);
    expect([image.width, image.height]).toEqual([1_600, 1_067]);
    expect(await documentPages(fileOf(pdfFile(['', ''])), 9)).toEqual({ kind: 'fault', fault: 'wordless' });
    expect(await documentPages(new File(['%PDF- and no more'], 'a.pdf'), 9)).toEqual({
      kind: 'fault',
      fault: 'broken',
    });
  });

  test.each(['some text', 'PK\x03\x04 but no zip', '%not a PDF'])('%j is none', async (text) => {
    expect(await documentText(new File([text], 'a.pdf'))).toBeUndefined();
  });

  test('who takes it back gets no answer, and what takes too long says so', async () => {
    const stop = new AbortController();
    const reading = documentText(fileOf(pdfFile(['a'])), { signal: stop.signal });
    stop.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(await documentText(fileOf(pdfFile(['a'])), { patience: 0 })).toEqual({
      kind: 'fault',
      fault: 'slow',
    });
  });
});

describe('what cannot be read says what it is', () => {
  const ole = (more: string) =>
    Uint8Array.from(`\xd0\xcf\x11\xe0${'\0'.repeat(600)}${more}`, (c) => c.charCodeAt(0));
  test.each([
    ['old', ole('')],
    ['encrypted', ole('E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0')],
    [
      'encrypted',
      pdfFile(
        ['secret'],
        '/Encrypt<</Filter/Standard/V 1/R 2/O(................................)/U(................................)/P -4>>/ID[(a)(a)]',
      ),
    ],
    ['wordless', pdfFile(['', ''])],
    ['wordless', wordFile('')],
    ['wordless', bookFile(['<p> </p>'])],
    ['broken', wordFile('<w:p>').subarray(0, -30)],
    ['broken', zipped({ 'word/document.xml': 'nothing' })],
    ['broken', zipped({ 'xl/workbook.xml': '<workbook/>' })],
    ['broken', zipped({ 'ppt/presentation.xml': '<p/>' })],
    ['broken', new TextEncoder().encode('%PDF-1.7\nnothing')],
  ])('%s', async (fault, bytes) => {
    expect(await readDocument(bytes, LIMIT)).toEqual({ kind: 'fault', fault });
  });
});

/** A zip whose directory, which is what is believed, says another size of what is in it. */
function saying(zip: Uint8Array, size: number): Uint8Array {
  const view = new DataView(zip.buffer);
  for (let at = 0; at < zip.length - 4; at += 1)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, size, true);
  return zip;
}

describe('limits', () => {
  test('of a long one comes the beginning, by whole pages, and how many these are', async () => {
    const read = await readDocument(
      pdfFile(Array.from({ length: 40 }, (_, n) => `Page ${n} ${'word '.repeat(50)}`)),
      3_000,
    );
    if (read?.kind !== 'text') throw new Error('not read');
    expect(read.text.length).toBeLessThanOrEqual(3_000);
    expect([read.all, read.read]).toEqual([40, read.text.match(/^## Page/gm)?.length]);
    expect(read.read).toBeGreaterThan(5);
  });

  test('one piece that is longer is cut', async () => {
    const read = await readDocument(wordFile(wordParagraph('ü'.repeat(5_000))), 1_000);
    expect(read?.kind === 'text' && new TextEncoder().encode(read.text).length).toBeLessThanOrEqual(1_000);
  });

  test('a bomb is told by what it says it unpacks to', async () => {
    const bomb = saying(zipped({ 'word/document.xml': ' '.repeat(1_000) }), 160_000_000);
    expect(await readDocument(bomb, LIMIT)).toEqual({ kind: 'fault', fault: 'bomb' });
  });

  test('one that lies about it gets the room it said, and no more', () => {
    const bytes = saying(zipped({ 'a.xml': 'x'.repeat(1_000_000) }), 100);
    let got = 0;
    try {
      got = unpack(bytes, () => true)['a.xml']?.length ?? 0;
    } catch {}
    expect(got).toBeLessThanOrEqual(100);
  });

  test('very many entries are refused', async () => {
    const many = zipped(
      Object.fromEntries(Array.from({ length: 10_002 }, (_, n) => [`word/document${n}.xml`, 'a'])),
    );
    expect(await readDocument(many, LIMIT)).toEqual({ kind: 'fault', fault: 'bomb' });
  });
});

test('of any damaged document something is told, and nothing is thrown', async () => {
  const whole = [
    wordFile(wordParagraph('words')),
    sheetFile({ A: [['x', 1]] }),
    slideFile([['a']]),
    bookFile(['<p>a</p>']),
    pdfFile(['a', 'b']),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...whole),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      fc.double({ min: 0.3, max: 1, noNaN: true }),
      async (bytes, changes, share) => {
        const damaged = bytes.slice(0, Math.ceil(bytes.length * share));
        for (const [at, byte] of changes) damaged[at % damaged.length] = byte;
        const read = await readDocument(damaged, LIMIT);
        expect(['text', 'fault', undefined]).toContain(read?.kind);
      },
    ),
    { numRuns: 150 },
  );
});
