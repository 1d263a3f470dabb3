/** Catch-up: plain GETs over `/v1/stream/{name}` (docs/protocol.md, "Reads"). */
import { SEGMENT_HEADER, START } from '../../protocol/index.ts';
import { type Http, itemsSchema, readJson } from './http.ts';
import { advanced, type FoldPosition } from './segments.ts';

export interface ReadFrom {
  /** `START`, or an offset given before. */
  readonly offset: string;
  /** Most items wanted in one answer. Default: the server's limit (2 MB). */
  readonly max?: number;
  /** Of an index, from the start: its newest segment, which says all. Default: false. */
  readonly newest?: boolean;
  /** Of a segment of an index, from its start: without the snapshot of what is folded already. Default: false. */
  readonly held?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface StreamPage {
  readonly items: readonly unknown[];
  /** Where to read on. */
  readonly next: string;
  readonly upToDate: boolean;
  readonly closed: boolean;
  /** The stream that was read: with `newest`, perhaps another than was asked for. */
  readonly stream: string;
}

export class StreamReader {
  private readonly http: Http;

  constructor(http: Http) {
    this.http = http;
  }

  /** One answer. Rejects like `Http.request`; 404 and 410 for a stream that is not there (any more). */
  async readPage(stream: string, from: ReadFrom): Promise<StreamPage> {
    return pageOf(await this.ask(stream, from));
  }

  /** Page after page, until the tail. `max` is the size of a page. Stop early by leaving the loop. */
  async *pages(stream: string, from: ReadFrom): AsyncGenerator<StreamPage, void> {
    let { offset, held } = from;
    while (true) {
      const page = await this.readPage(stream, { ...from, offset, held });
      yield page;
      held = false;
      // An answer that goes nowhere ends the reading: asking again would give the same for ever.
      if (page.upToDate || page.closed || page.next === offset) return;
      offset = page.next;
    }
  }

  /**
   * An index from where a fold stands to its tail; undefined: from its start, which is that of its newest segment. All of it is wanted, so
   * each page is asked for as soon as the one before it says where it begins: the server reads while that one is folded.
   */
  async *index(
    name: string,
    from: FoldPosition | undefined,
    signal?: AbortSignal,
  ): AsyncGenerator<StreamPage, void> {
    let at = from ?? { segment: name, position: START };
    let answer = await this.ask(at.segment, { offset: at.position, newest: from === undefined, signal });
    for (;;) {
      const { stream, next, upToDate } = answer;
      const following =
        upToDate || next === at.position ? undefined : this.ask(stream, { offset: next, signal });
      // Heard below, unless reading ends before.
      following?.catch(() => {});
      const page = await pageOf(answer);
      yield page;
      at = advanced(stream, page.items, next);
      if (at.segment !== stream)
        answer = await this.ask(at.segment, { offset: at.position, held: true, signal });
      else if (following !== undefined) answer = await following;
      else return;
    }
  }

  /** Resolves when the answer begins: where it ends is known before its items are there. */
  private async ask(stream: string, { offset, max, newest, held, signal }: ReadFrom): Promise<StreamAnswer> {
    const query = new URLSearchParams({
      offset,
      ...(max !== undefined && { max: String(max) }),
      ...(newest && { newest: '' }),
      ...(held && { held: '' }),
    });
    const response = await this.http.request(`/v1/stream/${stream}?${query}`, signal ? { signal } : {});
    const { headers } = response;
    return {
      response,
      next: headers.get('stream-next-offset') ?? offset,
      upToDate: headers.get('stream-up-to-date') === 'true',
      closed: headers.get('stream-closed') === 'true',
      stream: headers.get(SEGMENT_HEADER) ?? stream,
    };
  }
}

interface StreamAnswer extends Omit<StreamPage, 'items'> {
  readonly response: Response;
}

async function pageOf({ response, ...place }: StreamAnswer): Promise<StreamPage> {
  return { ...place, items: await readJson(response, itemsSchema) };
}
