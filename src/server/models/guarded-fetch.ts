/** `fetch` for one provider: never follows it to another host, and tells of every byte. */
import { ProviderFailure } from './port.ts';

export interface Guard {
  /** Called for every piece of a body that arrives. */
  readonly heard?: (bytes: Uint8Array) => void;
}

const HOPS = 3;

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * Redirects within the host are followed with method and body; one to another host, or from https to http, is refused,
 * since it would carry the key and the conversation there. Throws `ProviderFailure` for that, else what `fetch` throws.
 */
export function guardedFetch({ heard }: Guard = {}): Fetch {
  return async (input, init) => {
    let url = new URL(input instanceof Request ? input.url : input);
    for (let hop = 0; hop <= HOPS; hop += 1) {
      const response = await fetch(url, { ...init, redirect: 'manual' });
      const location = response.headers.get('location');
      if (response.status < 300 || response.status > 399 || location === null)
        return observed(response, heard);
      await response.body?.cancel();
      url = nextHop(url, location);
    }
    throw refusal(`The server at ${url.host} redirects without end. Check OPENAI_BASE_URL.`);
  };
}

function nextHop(from: URL, location: string): URL {
  const to = URL.canParse(location, from) ? new URL(location, from) : null;
  if (to && to.host === from.host && (to.protocol === from.protocol || to.protocol === 'https:')) return to;
  const where = to ? to.host : 'an address that is none';
  throw refusal(
    `The server at ${from.host} sends requests on to ${where}, and Bough follows to no other host. ` +
      'Set OPENAI_BASE_URL to the address that shall get them.',
  );
}

function refusal(sentence: string): ProviderFailure {
  return new ProviderFailure({ code: 'redirect', sentence });
}

function observed(response: Response, heard: Guard['heard']): Response {
  if (!heard || !response.body) return response;
  const watch = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      heard(bytes);
      controller.enqueue(bytes);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(watch), { status, statusText, headers });
}
