/** What the wires have in common. */

/** @param {unknown} data @param {string} [event] */
export function frame(data, event) {
  return `${event ? `event: ${event}\n` : ''}data: ${JSON.stringify(data)}\n\n`;
}

/** The text of a message's content: a string, or parts with texts. @param {unknown} content @returns {string} */
export function textOf(content) {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => part.text ?? '').join('');
}

/** The word of an end, as the format has it or as the script says. @template {Record<string, string>} T @param {T} words @param {NonNullable<import('./wire.ts').Script['finish']>} finish */
export function wordOf(words, finish) {
  return typeof finish === 'string' ? (words[finish] ?? finish) : finish.word;
}

/** All of the text, or of the thoughts. @param {readonly import('./wire.ts').Piece[]} pieces @param {'text' | 'thought'} kind */
export function saidIn(pieces, kind) {
  return pieces.map((piece) => /** @type {Record<string, string>} */ (piece)[kind] ?? '').join('');
}

/** One token a piece. @param {readonly import('./wire.ts').Piece[]} pieces */
export function tokensOf(pieces) {
  return pieces.reduce((sum, piece) => sum + ('tool' in piece ? piece.tool.pieces.length : 1), 0);
}

/** @param {readonly import('./wire.ts').Piece[]} pieces */
export function thoughtsIn(pieces) {
  return pieces.filter((piece) => 'thought' in piece).length;
}

/**
 * Neighbours of one kind together: the blocks, items or parts of an answer.
 * @param {readonly import('./wire.ts').Piece[]} pieces
 * @returns {{ kind: 'text' | 'thought' | 'tool', pieces: import('./wire.ts').Piece[] }[]}
 */
export function runsOf(pieces) {
  /** @type {{ kind: 'text' | 'thought' | 'tool', pieces: import('./wire.ts').Piece[] }[]} */
  const runs = [];
  for (const piece of pieces) {
    const kind = 'text' in piece ? 'text' : 'thought' in piece ? 'thought' : 'tool';
    const last = runs.at(-1);
    if (last?.kind === kind && kind !== 'tool') last.pieces.push(piece);
    else runs.push({ kind, pieces: [piece] });
  }
  return runs;
}
