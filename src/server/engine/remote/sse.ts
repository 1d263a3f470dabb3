/** The events of a followed stream (protocol, section 5.7): batches of items, each with the offset after it. */
import type { Offset } from '../port.ts';

export interface Batch {
  readonly items: readonly unknown[];
  /** What `items` were read from. */
  readonly text: string;
  readonly next: Offset;
  readonly closed: boolean;
}

/**
 * Takes text as it comes and gives each batch once its `control` event is whole. Unknown events and fields, comments and
 * all three line ends are fine. Throws SyntaxError when an event is no JSON.
 */
export class Events {
  #rest = '';
  #event = '';
  #data: string[] = [];
  #payloads: string[] = [];

  *take(text: string): Generator<Batch, void> {
    this.#rest += text;
    for (;;) {
      const end = /\r\n|\n|\r(?!$)/.exec(this.#rest);
      if (!end) return;
      const line = this.#rest.slice(0, end.index);
      this.#rest = this.#rest.slice(end.index + end[0].length);
      const batch = this.#line(line);
      if (batch) yield batch;
    }
  }

  #line(line: string): Batch | null {
    if (line === '') return this.#dispatch();
    const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'event') this.#event = value;
    if (field === 'data') this.#data.push(value);
    return null;
  }

  #dispatch(): Batch | null {
    const [event, data] = [this.#event, this.#data.join('\n')];
    this.#event = '';
    this.#data = [];
    if (event === 'data') this.#payloads.push(data);
    return event === 'control' ? this.#control(data) : null;
  }

  #control(data: string): Batch {
    const control = JSON.parse(data) as { streamNextOffset?: unknown; streamClosed?: unknown };
    if (typeof control.streamNextOffset !== 'string') throw new SyntaxError('a control event has no offset');
    const payloads = this.#payloads;
    this.#payloads = [];
    // Each payload is a list of items; one `control` may stand for several.
    const text = `[${payloads.join(',')}]`;
    const items = (JSON.parse(text) as unknown[]).flat();
    return { items, text, next: control.streamNextOffset, closed: control.streamClosed === true };
  }
}
