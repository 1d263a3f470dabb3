/** Blocks of code in a document, in the order they stand in; `name` ends as the language does. */
export function codeIn(text) {
  const blocks = [...text.matchAll(/```(tsx?)\n(.*?)```/gs)];
  return blocks.map(([, kind, code], n) => ({ name: `${n}.${kind}`, code }));
}
