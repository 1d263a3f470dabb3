/** What the first load says about files; the rest comes with the first file (strings-later.ts). */
export const attach = 'Attach files';
export const attachHow =
  'Attach files: images, audio, text, PDF, Office, EPUB. You can also paste or drop them.';
export const dropHere = 'Drop files to attach them';
