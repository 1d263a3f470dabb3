/** A model whose words count, each reply under a name of its own: a word that is lost, doubled or of another reply shows. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelSource } from '../models/index.ts';

export interface Counting {
  /** Words of a reply. */
  readonly words: number;
  /** ms between two of them; 0: as fast as they are taken. */
  readonly pause: number;
  /** Called with the number of replies that have said a word and go on, whenever it changes. */
  readonly onFlight?: (replies: number) => void;
}

/** `writer.1 writer.2 ...`, as the invariants of the simulation read it. */
export function countingSource({ words, pause, onFlight = () => {} }: Counting): ModelSource {
  let flying = 0;
  const note = (change: 1 | -1): void => {
    flying += change;
    onFlight(flying);
  };
  return {
    id: 'sim',
    facts: { name: 'Counting', kind: 'demo', found: 'built-in', hasKey: false },
    list: async () => [],
    describe: () => ({ name: 'Counting' }),
    async *stream({ signal }) {
      const writer = randomUUID().slice(0, 8);
      try {
        for (let n = 1; n <= words && !signal.aborted; n += 1) {
          yield { kind: 'text', text: n === 1 ? `${writer}.1` : ` ${writer}.${n}` };
          if (n === 1) note(1);
          if (pause > 0) await sleep(pause, undefined, { signal }).catch(() => {});
        }
        if (!signal.aborted) yield { kind: 'finish' };
      } finally {
        note(-1);
      }
    },
  };
}
