/** The lines of a diff by what they say. Pure. */

export interface DiffLine {
  /** `file`: names of files and what git says of them. `place`: where in the file (`@@`). */
  readonly kind: 'added' | 'removed' | 'same' | 'place' | 'file';
  readonly text: string;
}

/**
 * Reads unified diffs, of several files too, and what models write without lines `@@`. Inside a place the counts of its head
 * tell content from heads: a removed line "-- x" looks like one.
 */
export function diffLines(text: string): readonly DiffLine[] {
  let left = { before: 0, after: 0 };
  return text.split(/\r?\n/).map((line) => {
    const place = /^@@+ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
    if (place) left = { before: Number(place[1] ?? 1), after: Number(place[2] ?? 1) };
    const inside = left.before + left.after > 0;
    const kind = place || (!inside && line.startsWith('@@')) ? 'place' : kindOf(line, inside);
    if (kind === 'removed' || kind === 'same') left.before = Math.max(0, left.before - 1);
    if (kind === 'added' || kind === 'same') left.after = Math.max(0, left.after - 1);
    return { kind, text: line };
  });
}

const HEADS =
  /^(?:--- |\+\+\+ |diff |index [0-9a-f]|Index: |=====|(?:new|deleted) file mode |old mode |new mode |rename |copy |similarity |dissimilarity |Binary files )/;

function kindOf(line: string, inside: boolean): DiffLine['kind'] {
  if (!inside && HEADS.test(line)) return 'file';
  if (line.startsWith('+')) return 'added';
  if (line.startsWith('-')) return 'removed';
  // "\ No newline at end of file"
  return line.startsWith('\\') ? 'place' : 'same';
}
