/**
 * `fetch` for one provider: never goes to another host or to a forbidden address, and tells of every byte. On Node's own
 * client, since the `fetch` of Node offers no say in which address a name leads to (decision 0035).
 */
import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { ProviderFailure } from '../port.ts';
import { isForbidden, refusal as neverAsked, safeLookup } from './addresses.ts';

export interface Guard {
  /** Called for every piece of a body that arrives. */
  readonly heard?: (bytes: Uint8Array) => void;
  /**
   * Called when the connection broke in the middle of a body, which then ends as if it were whole: an error would take along
   * what arrived and was not read yet. Default: the body errors.
   */
  readonly broke?: (error: unknown) => void;
  /** What to do about a wrong address, as in `Hints`. Default: "check OPENAI_BASE_URL". */
  readonly address?: string;
}

const HOPS = 3;
const BODYLESS = new Set([204, 205, 304]);

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * Redirects within the host are followed with method and body; one to another host, or from https to http, is refused,
 * since it would carry the key and the conversation there. Throws `ProviderFailure` for that, else errors with the code of
 * the system. Takes text as body.
 */
export function guardedFetch({ address = 'check OPENAI_BASE_URL', ...guard }: Guard = {}): Fetch {
  return async (input, init) => {
    let url = new URL(input instanceof Request ? input.url : input);
    for (let hop = 0; hop <= HOPS; hop += 1) {
      const response = await ask(url, init ?? {});
      const { location } = response.headers;
      const status = response.statusCode ?? 0;
      if (status < 300 || status > 399 || location === undefined) return answerOf(response, guard);
      response.destroy();
      url = nextHop(url, location, address);
    }
    throw refusal(`The server at ${url.host} redirects without end. ${capital(address)}.`);
  };
}

/** Resolves with the head of the answer. */
function ask(url: URL, { method = 'GET', headers, body, signal }: RequestInit): Promise<IncomingMessage> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError('not http');
  if (isForbidden(url.hostname)) throw neverAsked();
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? overHttps : overHttp;
    const asked = send(url, {
      method,
      headers: Object.fromEntries(new Headers(headers)),
      lookup: safeLookup,
      // A socket of its own: one kept from before may be dead, and asking twice is not safe.
      agent: false,
      ...(signal && { signal }),
    });
    asked.once('response', resolve);
    asked.once('error', reject);
    asked.end(typeof body === 'string' ? body : undefined);
  });
}

function answerOf(response: IncomingMessage, guard: Guard): Response {
  const { statusCode: status = 200, statusMessage: statusText = '' } = response;
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  if (BODYLESS.has(status)) {
    response.resume();
    return new Response(null, { status, statusText, headers });
  }
  return new Response(bodyOf(response, guard), { status, statusText, headers });
}

/** Read ahead of its reader, in bytes. */
const AHEAD = 256_000;
/** Of what a server says of its failure, in bytes: it is read whole, and a sentence of it is shown. The rest is left. */
const FAILURE_BYTES = 1_000_000;

function bodyOf(response: IncomingMessage, { heard, broke }: Guard): ReadableStream<Uint8Array<ArrayBuffer>> {
  let open = true;
  let left = (response.statusCode ?? 0) >= 400 ? FAILURE_BYTES : Number.POSITIVE_INFINITY;
  const once = (end: () => void) => () => {
    if (open) end();
    open = false;
  };
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start: (controller) => {
        response.on('data', (bytes: Buffer) => {
          if (!open) return;
          heard?.(bytes);
          controller.enqueue(new Uint8Array(bytes.subarray(0, left)));
          left -= bytes.byteLength;
          if (left <= 0) {
            open = false;
            controller.close();
            response.destroy();
          } else if ((controller.desiredSize ?? 0) <= 0) response.pause();
        });
        response.on(
          'end',
          once(() => controller.close()),
        );
        response.on('error', (error) =>
          once(() => {
            broke?.(error);
            if (broke) controller.close();
            else controller.error(error);
          })(),
        );
      },
      pull: () => void response.resume(),
      cancel: () => {
        open = false;
        response.destroy();
      },
    },
    { highWaterMark: AHEAD, size: (bytes) => bytes?.byteLength ?? 0 },
  );
}

function nextHop(from: URL, location: string, address: string): URL {
  const to = URL.canParse(location, from) ? new URL(location, from) : null;
  if (to && to.host === from.host && (to.protocol === from.protocol || to.protocol === 'https:')) return to;
  const where = to ? to.host : 'an address that is none';
  throw refusal(
    `The server at ${from.host} sends requests on to ${where}, and Bough follows to no other host. ` +
      `If that is where they should go, ${address}.`,
  );
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function refusal(sentence: string): ProviderFailure {
  return new ProviderFailure({ code: 'redirect', sentence });
}
