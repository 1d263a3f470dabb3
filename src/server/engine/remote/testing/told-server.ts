/** For tests: a server that answers as it is told, with an adapter before it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { settled } from '../../contract/harness.ts';
import type { Engine } from '../../port.ts';
import { openRemote } from '../index.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export const TOKEN = 'a-secret-token';

/** ms of silence after which an answer is given up: long enough for a busy machine. */
const PATIENCE = 1_000;
/** Its timing leaves nobody waiting. */
const QUICK = { silence: 50, longestSilence: 50, patience: 400 };

export class ToldServer {
  answer: Answer = () => {};
  /** "GET /secret-path/s?offset=-1" */
  asked: string[] = [];
  readonly url: string;
  readonly engine: Engine;
  readonly #server;

  private constructor(server: ReturnType<typeof createServer>, live: Partial<typeof QUICK>) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret-path`;
    this.engine = openRemote({
      url: this.url,
      token: TOKEN,
      patience: PATIENCE,
      live: { ...QUICK, ...live },
    });
    server.on('request', (request, response) => {
      this.asked.push(`${request.method} ${request.url}`);
      this.answer(request, response);
    });
  }

  /** Whoever starts one ends it. */
  static async start(live: Partial<typeof QUICK> = {}): Promise<ToldServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ToldServer(server, live);
  }

  async end(): Promise<void> {
    await this.engine.shutdown();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  connections(): Promise<number> {
    return new Promise((resolve, reject) =>
      this.#server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );
  }

  /** How often live events were asked for. */
  get lives(): number {
    return this.asked.filter((one) => one.includes('live=sse')).length;
  }

  /** How often requests with this method were made. */
  count(method: string): number {
    return this.asked.filter((one) => one.startsWith(`${method} `)).length;
  }

  /** A log that reads tell the truth of, while its live events do as `live` says. */
  log(items: unknown[], live: (response: ServerResponse, nth: number, offset: string) => void): void {
    let nth = 0;
    this.answer = (request, response) => {
      const offset = offsetOf(request);
      const at = offset === '-1' ? 0 : Number(offset);
      if (!isLive(request))
        return page(String(items.length), JSON.stringify(items.slice(at)))(request, response);
      begin(response);
      live(response, nth++, offset);
    };
  }
}

export const says =
  (status: number, headers: Record<string, string> = {}, body = ''): Answer =>
  (request, response) =>
    response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);

export const page = (next: string, body = '[]'): Answer =>
  says(200, { 'stream-next-offset': next, 'stream-up-to-date': 'true' }, body);

export const isLive = (request: IncomingMessage): boolean => request.url?.includes('live=sse') === true;

const offsetOf = (request: IncomingMessage): string =>
  new URL(request.url ?? '', 'http://here').searchParams.get('offset') ?? '';

/** Begins an answer of live events. */
function begin(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
}

/** Items, and the tail after them. */
export const event = (items: unknown[], next: string): string =>
  `event: data\ndata: ${JSON.stringify(items)}\n\n${tail(next)}`;

export const tail = (next: string, closed = false): string =>
  `event: control\ndata: ${JSON.stringify({ streamNextOffset: next, ...(closed && { streamClosed: true }) })}\n\n`;

export async function failure(promise: Promise<unknown>): Promise<Error> {
  const result = await settled(promise);
  if (!(result instanceof Error)) throw new Error('it did not fail');
  return result;
}
