/**
 * Long texts are folded and searched a piece at a time, with turns of the event loop between: other requests are answered meanwhile.
 * What a piece costs is counted in characters, not in time.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { BestWindow, excerptOf, type Hit, searchable } from '../../../protocol/find/find.ts';

/** How much is done between two turns of the event loop, in characters mapped one by one: some milliseconds. */
const A_TURN = 8_192;
/** What folding, and searching, a character costs in comparison with mapping it. */
const FOLDED = 1 / 8;
const LOOKED_AT = 1 / 64;

/** Shares the turns among all who look through something. */
export class Turns {
  #left = A_TURN;
  #last: Promise<void> = Promise.resolve();

  /** Resolves when work of this cost may be done at once. */
  take(cost: number): Promise<void> {
    this.#last = this.#last.then(() => this.#spend(cost));
    return this.#last;
  }

  async #spend(cost: number): Promise<void> {
    if (this.#left <= 0) {
      await nextTurn();
      this.#left = A_TURN;
    }
    this.#left -= cost;
  }
}

const PIECE = 4_096;
/** A match this long is found across two pieces. */
const OVERLAP = 1_024;

/** As `searchable`. */
export async function searchableIn(text: string, turns: Turns, piece = PIECE): Promise<string> {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = cutAfter(text, at + piece);
    await turns.take((end - at) * FOLDED);
    parts.push(searchable(text.slice(at, end)));
    at = end;
  }
  return parts.join('');
}

/** What goes with the character before it: marks, the rest of a syllable or of a pair, one space of several. */
const FOLLOWS = /^[\s\p{M}\u1160-\u11ff\uff9e\uff9f\udc00-\udfff]/u;

function cutAfter(text: string, from: number): number {
  let end = Math.min(from, text.length);
  while (end < text.length && FOLLOWS.test(text[end] ?? '')) end += 1;
  return end;
}

/** As `excerptOf`, of the piece in which the terms stand closest together, else the first that has the telling one. */
export async function excerptIn(
  text: string,
  terms: readonly string[],
  turns: Turns,
  piece = PIECE,
): Promise<Omit<Hit, 'id'>> {
  const best = new BestWindow(terms);
  for (let at = 0; at + OVERLAP < text.length && !best.isFound; at += piece) {
    const from = Math.max(0, at - OVERLAP);
    const window = text.slice(from, at + piece + OVERLAP);
    await turns.take(window.length * FOLDED);
    best.look(searchable(window), from);
  }
  const from = best.from ?? 0;
  // Past the window, so that the excerpt tells whether more follows.
  const part = text.slice(from, from + piece + 2 * OVERLAP + AFTER);
  await turns.take(part.length);
  return excerptOf(part, terms);
}

/** More than an excerpt shows after the place. */
const AFTER = 256;

/** Before a text that was folded is looked through. */
export const lookAt = (fold: string, turns: Turns): Promise<void> => turns.take(fold.length * LOOKED_AT);
