/** Streams in memory, with the offsets that the embedded engine will give them: written whole, a hundred thousand of them take minutes, not hours. */
import type { Streams } from '../e2e/seed-tree.ts';
import { encodeItems } from '../src/server/engine/check.ts';
import type { BulkWriter } from '../src/server/engine/embedded/bulk.ts';
import { FRAME_OVERHEAD } from '../src/server/engine/embedded/frames.ts';
import { offsetAt, positionOf } from '../src/server/engine/embedded/positions.ts';
import type { AppendResult, Created, ForkPoint, Offset } from '../src/server/engine/port.ts';

interface Gathering {
  readonly from: ForkPoint | null;
  readonly appends: (readonly unknown[])[];
  next: Offset;
}

export class Gathered implements Streams {
  /** Sources before their forks. */
  readonly #streams = new Map<string, Gathering>();

  async create(stream: string): Promise<Created> {
    return this.#add(stream, null);
  }

  async fork(stream: string, from: ForkPoint): Promise<Created> {
    return this.#add(stream, from);
  }

  async append(stream: string, items: readonly unknown[]): Promise<AppendResult> {
    const gathering = this.#get(stream);
    const start = gathering.next;
    const bytes = Buffer.byteLength(encodeItems(items)) + FRAME_OVERHEAD;
    gathering.next = offsetAt(positionOf(start) + bytes);
    gathering.appends.push(items);
    return { kind: 'appended', start, next: gathering.next };
  }

  /** Its appends, which are written no more. */
  take(stream: string): readonly (readonly unknown[])[] {
    const { appends } = this.#get(stream);
    this.#streams.delete(stream);
    return appends;
  }

  /** Writes all streams, and lets go of them. */
  async writeTo(bulk: BulkWriter): Promise<void> {
    for (const [name, { from, appends, next }] of this.#streams) {
      const end = await bulk.add({ name, from, closed: false }, appends);
      if (end !== next) throw new Error(`${name} ends at ${end}, not at ${next}`);
    }
    this.#streams.clear();
  }

  #get(stream: string): Gathering {
    const gathering = this.#streams.get(stream);
    if (!gathering) throw new Error(`there is no stream ${stream}`);
    return gathering;
  }

  #add(stream: string, from: ForkPoint | null): Created {
    const known = this.#streams.get(stream);
    const gathering = known ?? { from, appends: [], next: from?.offset ?? offsetAt(0) };
    this.#streams.set(stream, gathering);
    return { created: !known, next: gathering.next, closed: false };
  }
}
