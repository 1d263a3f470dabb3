/** Short forms of what was said: previews in the outline, titles from the first words. */
import type { Author } from '../tree/types.ts';
import { type FilePart, type Part, partFound, partPlain, partPreview } from './parts/index.ts';
import { plainLine } from './reading/first-line.ts';

const PREVIEW_LIMIT = 120;
const TITLE_WORDS_LIMIT = 48;

/** The words of a message, as a person edits them: all text of the parts. */
export function textOf(parts: readonly Part[]): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}

/** What copying and exporting take a message for: its words, and what its other parts are as text, in paragraphs. */
export function plainOf(parts: readonly Part[]): string {
  return parts.reduce((said, part) => joined(said, partPlain(part), part), '');
}

/** What finding looks through: that, and what else was said in it (calls of tools with what they gave, names of files). */
export function foundIn(parts: readonly Part[]): string {
  return parts.reduce((said, part) => joined(said, partFound(part), part), '');
}

/** Text goes on where text ended; every other part has a paragraph of its own. */
export function joined(said: string, more: string, { kind }: Part): string {
  if (kind === 'text') return said + more;
  return more === '' ? said : `${said.trimEnd()}\n\n${more}\n\n`.trimStart();
}

/** What to call who wrote a message; empty: a person, who is called by what is around. */
export function nameOfAuthor(author: Author): string {
  if (author.kind === 'user') return '';
  return author.name ?? 'Somebody';
}

/** The first line's worth of a message for the outline: at most 120 characters, whitespace folded. Without words, its files and what else it holds. */
export function previewOf(parts: readonly Part[]): string {
  return shorten(textOrSummary(parts), PREVIEW_LIMIT);
}

/** A conversation's title until somebody names it: the first words of its first message as they are read, at most 48 characters. */
export function titleFromWords(text: string): string {
  return shorten(plainLine(text), TITLE_WORDS_LIMIT);
}

function textOrSummary(parts: readonly Part[]): string {
  const text = textOf(parts);
  if (text.trim() !== '') return text;
  const previews = parts.map(partPreview).filter((words) => words.trim() !== '');
  // A tool that was called ten times is named once.
  return [...new Set(previews)].join(', ');
}

/** The files among parts, in their order. */
export function filesOf(parts: readonly Part[]): FilePart[] {
  return parts.filter((part) => part.kind === 'file');
}

/** Hashes of all that is stored for them, originals too. */
export const storedIn = (parts: readonly Part[]): string[] =>
  filesOf(parts).flatMap(({ hash, original }) => (original ? [hash, original.hash] : [hash]));

/** Cuts at a word where one ends in the last third, never inside a surrogate pair, and marks the cut with "…". */
export function shorten(text: string, limit: number): string {
  const line = firstOf(text, limit * 8)
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= limit) return line;
  const cut = firstOf(line, limit - 1);
  const space = cut.lastIndexOf(' ');
  return `${space > (limit * 2) / 3 ? cut.slice(0, space) : cut}…`;
}

function firstOf(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}
