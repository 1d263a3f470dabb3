/** Small questions to a server of models that answer with JSON: lists, facts. */

import { ProviderFailure } from '../port.ts';
import { type FailureContext, failureOf, malformedFailure, refusalOf, silentFailure } from './failures.ts';
import { type Fetch, guardedFetch } from './guarded-fetch.ts';

const BYTES_LIMIT = 4_000_000;

export interface JsonQuestion {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON by POST. Default: nothing, by GET. */
  readonly body?: unknown;
  /** ms. */
  readonly timeout: number;
  /** Default: the guarded one. */
  readonly fetch?: typeof guardedFetch;
}

/** The answer as it was parsed. Throws `ProviderFailure` for every other end, within `timeout`. */
export async function askJson(
  { url, headers, body, timeout, fetch: make = guardedFetch }: JsonQuestion,
  context: FailureContext,
): Promise<unknown> {
  const signal = AbortSignal.timeout(timeout);
  const address = context.hints?.address;
  const posted = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  try {
    const ask: Fetch = make({ ...(address && { address }) });
    const response = await ask(url, {
      ...posted,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      signal,
    });
    const text = await textOf(response);
    if (!response.ok) throw new ProviderFailure(refusalOf(response, text, context));
    return parsed(text, context);
  } catch (error) {
    if (signal.aborted) throw new ProviderFailure(silentFailure(context));
    throw new ProviderFailure(failureOf(error, context));
  }
}

function parsed(text: string, context: FailureContext): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProviderFailure(malformedFailure(context));
  }
}

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length > BYTES_LIMIT) break;
  }
  return text;
}
