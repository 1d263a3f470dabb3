/** Tool calls that come in pieces, under an index, an id, both or neither. */
import type { ModelEvent } from '../port.ts';
import { textIn } from './reader.ts';

type Call = Extract<ModelEvent, { kind: 'tool' }>;

export interface ToolPiece {
  /** What its pieces have in common: a number, an id of its own. Absent: it is the newest, or a new one if it has a name. */
  readonly at: unknown;
  readonly id: unknown;
  readonly name: unknown;
  readonly more: string;
}

/** Told once its name is known, and again with every piece after that. */
export class ToolCalls {
  readonly #calls = new Map<unknown, Call>();
  #newest: unknown;

  add({ at, id, name, more }: ToolPiece): readonly ModelEvent[] {
    const place = at ?? (textIn(id) || (textIn(name) === '' ? this.#newest : `${this.#calls.size}`));
    const known = this.#calls.get(place);
    if (!known && textIn(name) === '' && textIn(id) === '' && more === '') return [];
    const call: Call = {
      kind: 'tool',
      call: known?.call ?? (textIn(id) || `call_${this.#calls.size + 1}`),
      name: known?.name || textIn(name),
      input: (known?.input ?? '') + more,
    };
    this.#newest = place;
    this.#calls.set(place, call);
    return call.name === '' ? [] : [call];
  }

  /** All of its input at once, in place of the pieces. */
  settle(piece: ToolPiece): readonly ModelEvent[] {
    const known = this.#calls.get(piece.at);
    if (known) this.#calls.set(piece.at, { ...known, input: '' });
    return this.add(piece);
  }
}
