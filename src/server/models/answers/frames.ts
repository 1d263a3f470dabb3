/** Bytes of an answer as the pieces of JSON in it: server-sent events, one object a line, or one object. Pure. */

/** `unreadable`: it should have been JSON. `done`: `[DONE]`, nothing comes after it. */
export type Frame = { readonly json: unknown } | 'unreadable' | 'done';

/** Characters of one event: pictures come in one. What is longer is no answer. */
const LIMIT = 64_000_000;
/** Lines of one event: where they are no object together, each is tried by itself. */
const LINES = 50_000;

/**
 * Comments, other fields and data that is not even meant to be JSON say nothing and give nothing. An event needs no blank
 * line after it and the last one no line end; one that the end of the bytes cut in two is left out, so that a cut never looks
 * like an answer that cannot be read.
 */
export class Frames {
  readonly #decoder = new TextDecoder();
  /** The line that has not ended, in pieces: joining them for every piece of a long line would be slow. */
  #line: string[] = [];
  #length = 0;
  /** Lines of an event, or of an object without one, that are not JSON by themselves. */
  #open: string[] = [];
  #openLength = 0;

  feed(bytes: Uint8Array): readonly Frame[] {
    const lines = this.#decoder.decode(bytes, { stream: true }).split('\n');
    const rest = lines.pop() ?? '';
    const frames = lines.flatMap((line) => {
      const whole = [...this.#line, line].join('');
      this.#line = [];
      return this.#take(whole);
    });
    this.#line.push(rest);
    this.#length = lines.length > 0 ? rest.length : this.#length + rest.length;
    return this.#length > LIMIT ? [...frames, 'unreadable'] : frames;
  }

  end(): readonly Frame[] {
    const frames = this.#take(this.#line.join(''));
    this.#line = [];
    return [...frames, ...this.#close()].filter((frame) => frame !== 'unreadable');
  }

  #take(raw: string): readonly Frame[] {
    const line = raw.replace(/\r$/, '');
    const [first] = this.#open;
    if (line.trim() === '') return first?.startsWith('data:') ? this.#close() : [];
    const data = /^data: ?/.exec(line)?.[0];
    // An object without a field: of a server that sends lines or a single object, or an error amid events.
    if (data === undefined ? !/^[{[]/.test(line) : first?.startsWith('data:')) return this.#continue(line);
    const closed = this.#close();
    const text = line.slice(data?.length ?? 0).trim();
    if (text === '[DONE]') return [...closed, 'done'];
    if (!/^[{[]/.test(text)) return closed;
    const frame = frameOf(text);
    if (frame !== 'unreadable') return [...closed, frame];
    this.#open = [line];
    this.#openLength = line.length;
    return closed;
  }

  /** A further line of the open event; any other line that is not data is ignored. */
  #continue(line: string): readonly Frame[] {
    const [first] = this.#open;
    if (first === undefined || first.startsWith('data:') !== line.startsWith('data:')) return [];
    this.#openLength += line.length;
    if (this.#openLength > LIMIT || this.#open.length >= LINES) {
      this.#open = [];
      return ['unreadable'];
    }
    this.#open.push(line);
    return [];
  }

  /** Tried once, when it has ended: the cost of an event follows its length. */
  #close(): readonly Frame[] {
    const open = this.#open.map((line) => line.replace(/^data: ?/, ''));
    this.#open = [];
    if (open.length === 0) return [];
    const frame = frameOf(open.join('\n'));
    return frame === 'unreadable' && open.length > 1 ? open.map(frameOf) : [frame];
  }
}

function frameOf(text: string): Frame {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return 'unreadable';
  }
}
