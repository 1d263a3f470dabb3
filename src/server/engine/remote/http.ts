/**
 * HTTP to the engine: one request, one answer, or the reason why there is none. Three socket pools, so that long reads and
 * followed streams never hold up a write. The token is in the headers alone; no error repeats a header or an address.
 */
import { setMaxListeners } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { EngineUnavailable } from '../errors.ts';

export interface RemoteAddress {
  /** `http` or `https`, without user, query and fragment; streams are below it. */
  readonly url: string;
  /** Sent as `Authorization: Bearer`. Default: none. */
  readonly token?: string;
}

export interface Ask {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly stream: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface EngineAnswer<Body = string> {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Body;
}

/** An answer whose body is still coming. The caller destroys it. */
export type Flow = http.IncomingMessage;

/** How long the engine may be silent within one answer, in ms. */
const PATIENCE = 15_000;
/** The same for what needs no work: a HEAD, or the beginning of live events. */
const LITTLE_PATIENCE = 5_000;
/** Sockets at once; what is more waits. Followed streams have no limit of their own. */
const SOCKETS = 32;

type Pool = 'writes' | 'reads' | 'live';

export class Http {
  readonly #base: URL;
  readonly #patience: number;
  readonly #auth: Record<string, string>;
  readonly #pools: Record<Pool, http.Agent>;
  readonly #end = new AbortController();

  /** @param patience ms of silence after which an answer is given up. Default: 15 s. */
  constructor({ url, token }: RemoteAddress, patience = PATIENCE) {
    setMaxListeners(0, this.#end.signal);
    this.#base = new URL(url);
    this.#patience = patience;
    this.#auth = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const { Agent } = this.#base.protocol === 'https:' ? https : http;
    const pool = (maxSockets: number) => new Agent({ keepAlive: true, maxSockets });
    this.#pools = { writes: pool(SOCKETS), reads: pool(SOCKETS), live: pool(Number.POSITIVE_INFINITY) };
  }

  /** The path of a stream at the engine, as `Stream-Forked-From` names it. */
  path(stream: string): string {
    return `${this.#base.pathname.replace(/\/+$/, '')}/${stream}`;
  }

  /** @throws {EngineUnavailable} no answer, or not a whole one: what was asked may have been done. */
  ask(ask: Ask): Promise<EngineAnswer> {
    return this.#ask(ask, textOf);
  }

  /** The same, with a body of bytes. @param most of them; of an answer with more the rest is not taken */
  askBytes(ask: Ask, most: number): Promise<EngineAnswer<Buffer>> {
    return this.#ask(ask, (flow) => bytesOf(flow, most));
  }

  async #ask<Body>(ask: Ask, gather: (flow: Flow) => Promise<Body>): Promise<EngineAnswer<Body>> {
    const pool = ask.method === 'GET' ? 'reads' : 'writes';
    try {
      return await this.#once(ask, pool, gather);
    } catch (error) {
      // A kept socket that the engine closed just then: harmless to ask again what may be asked twice.
      if (ask.method === 'POST' || !isStale(error)) throw noAnswer(ask.stream, error);
    }
    return this.#once(ask, pool, gather).catch((error: unknown) => {
      throw noAnswer(ask.stream, error);
    });
  }

  /** As `ask`, without waiting for the body. @param signal lets go of it. */
  async flow(ask: Ask, signal: AbortSignal): Promise<Flow> {
    try {
      return await this.#send(ask, 'live', AbortSignal.any([signal, this.#end.signal]));
    } catch (error) {
      throw noAnswer(ask.stream, error);
    }
  }

  /** Cuts what is under way. */
  close(): void {
    this.#end.abort();
    for (const pool of Object.values(this.#pools)) pool.destroy();
  }

  async #once<Body>(
    ask: Ask,
    pool: Pool,
    gather: (flow: Flow) => Promise<Body>,
  ): Promise<EngineAnswer<Body>> {
    const flow = await this.#send(ask, pool, this.#end.signal);
    return { status: flow.statusCode ?? 0, headers: flow.headers, body: await gather(flow) };
  }

  #send(ask: Ask, pool: Pool, signal: AbortSignal): Promise<Flow> {
    const { method, stream, query = {}, body = '', headers } = ask;
    const { protocol, hostname, port } = this.#base;
    const search = new URLSearchParams(query).toString();
    const { request } = protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      const sent = request({
        agent: this.#pools[pool],
        host: hostname.replace(/^\[(.*)\]$/, '$1'),
        port,
        method,
        path: `${this.path(stream)}${search && `?${search}`}`,
        headers: { ...this.#auth, ...headers, 'content-length': Buffer.byteLength(body) },
        signal,
        timeout: Math.min(this.#patience, method === 'HEAD' || pool === 'live' ? LITTLE_PATIENCE : PATIENCE),
      });
      sent.on('timeout', () => sent.destroy(new Error('it was silent for too long')));
      sent.on('error', (error) => reject(sent.reusedSocket ? Object.assign(error, { stale: true }) : error));
      sent.on('response', resolve);
      sent.end(body);
    });
  }
}

/** Rejects when the answer is cut short. */
async function textOf(flow: Flow): Promise<string> {
  flow.setEncoding('utf8');
  let text = '';
  for await (const piece of flow) text += piece;
  return text;
}

/** Rejects when it is cut short. More than `most` where there is more. */
async function bytesOf(flow: Flow, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of flow as AsyncIterable<Buffer>) {
    size += piece.byteLength;
    pieces.push(piece);
    if (size > most) break;
  }
  return Buffer.concat(pieces);
}

const isStale = (error: unknown): boolean =>
  error instanceof Error && 'stale' in error && ['ECONNRESET', 'EPIPE'].includes(codeOf(error));

const codeOf = (error: Error): string => (error as NodeJS.ErrnoException).code ?? '';

/** Messages of the system name the address, which may hold a secret in its path: only the code is kept. */
function noAnswer(stream: string, error: unknown): EngineUnavailable {
  const code = error instanceof Error ? codeOf(error) : '';
  const why = code || (error instanceof Error ? error.message : String(error));
  return new EngineUnavailable(`The storage did not answer (${why}).`, stream);
}
