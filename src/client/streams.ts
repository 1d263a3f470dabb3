/** Catch-up: plain GETs over `/v1/stream/{name}` (docs/protocol.md, "Reads"). */
import { type Http, itemsSchema, readJson } from './http.ts';

export interface ReadFrom {
  /** `START`, or an offset given before. */
  readonly offset: string;
  /** Most items wanted in one answer. Default: the server's limit (2 MB). */
  readonly max?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Page {
  readonly items: readonly unknown[];
  /** Where to read on. */
  readonly next: string;
  readonly upToDate: boolean;
  readonly closed: boolean;
}

export class StreamReader {
  private readonly http: Http;

  constructor(http: Http) {
    this.http = http;
  }

  /** One answer. Rejects like `Http.request`; 404 and 410 for a stream that is not there (any more). */
  async readPage(stream: string, { offset, max, signal }: ReadFrom): Promise<Page> {
    const query = new URLSearchParams({ offset, ...(max !== undefined && { max: String(max) }) });
    const response = await this.http.request(`/v1/stream/${stream}?${query}`, signal ? { signal } : {});
    const { headers } = response;
    return {
      items: await readJson(response, itemsSchema),
      next: headers.get('stream-next-offset') ?? offset,
      upToDate: headers.get('stream-up-to-date') === 'true',
      closed: headers.get('stream-closed') === 'true',
    };
  }

  /** Page after page, until the tail. `max` is the size of a page. Stop early by leaving the loop. */
  async *pages(stream: string, from: ReadFrom): AsyncGenerator<Page, void> {
    let { offset } = from;
    while (true) {
      const page = await this.readPage(stream, { ...from, offset });
      yield page;
      // An answer that goes nowhere ends the reading: asking again would give the same for ever.
      if (page.upToDate || page.closed || page.next === offset) return;
      offset = page.next;
    }
  }
}
