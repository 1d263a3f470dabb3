/** What can go wrong with a provider, as sentences that say what to do (docs/providers.md has the table). Pure. */
import { APICallError, InvalidResponseDataError } from '@ai-sdk/provider';
import type { Failure } from '../../../tree/index.ts';
import { ProviderFailure } from '../port.ts';
import { FORBIDDEN_ADDRESS } from './addresses.ts';
import { type ProviderWords, providerWords, retryAfterOf } from './provider-words.ts';

export interface FailureContext {
  /** Host and port of the provider. */
  readonly host: string;
  /** Undefined: its models were to be listed. */
  readonly model?: string;
  /** Kept out of every sentence. */
  readonly key?: string;
  /** ms since the epoch: Retry-After counts from it. */
  readonly now: number;
  /** Where its settings are. Default: the variables of OpenAI. */
  readonly hints?: Hints;
}

/** How a person changes the settings of a source, as the ends of sentences. */
export interface Hints {
  /** "Check OPENAI_API_KEY and start Bough again." */
  readonly wrongKey: string;
  /** "Set OPENAI_API_KEY and start Bough again." */
  readonly noKey: string;
  /** "check OPENAI_BASE_URL" */
  readonly address: string;
}

const BY_VARIABLES: Hints = {
  wrongKey: 'Check OPENAI_API_KEY and start Bough again.',
  noKey: 'Set OPENAI_API_KEY and start Bough again.',
  address: 'check OPENAI_BASE_URL',
};

/** The hint about the address as a sentence of its own. */
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
const addressOf = ({ hints = BY_VARIABLES }: FailureContext): string => hints.address;

/** The failure behind anything that `fetch`, the AI SDK or a stream of it threw. Never holds the key or a message's text. */
export function failureOf(error: unknown, context: FailureContext): Failure {
  if (error instanceof ProviderFailure) return error.failure;
  if (APICallError.isInstance(error)) {
    const { statusCode } = error;
    if (statusCode === undefined) return networkFailure(error.cause, context);
    if (statusCode < 400) return cutFailure(context);
    const words = providerWords(error.data ?? error.responseBody, context.key);
    const retryAfter = retryAfterOf(error.responseHeaders, context.now);
    return statusFailure(statusCode, words, context, retryAfter);
  }
  if (InvalidResponseDataError.isInstance(error)) return malformedFailure(context);
  return codeOf(error) === undefined ? eventFailure(error, context) : networkFailure(error, context);
}

/** In the words of Anthropic; vLLM; llama.cpp: their codes do not tell. */
const TOO_LONG = /prompt is too long|maximum context length|exceeds the available context size/i;

/** The failure behind an answer that is no success, by its status and what it says. */
export function refusalOf(
  { status, headers }: { readonly status: number; readonly headers: Headers },
  body: string,
  context: FailureContext,
): Failure {
  const retryAfter = retryAfterOf(Object.fromEntries(headers), context.now);
  return statusFailure(status, providerWords(body, context.key), context, retryAfter);
}

/** @param retryAfter ms since the epoch. */
function statusFailure(
  status: number,
  { code, quote }: ProviderWords,
  context: FailureContext,
  retryAfter?: number,
): Failure {
  const { host, model, key, hints = BY_VARIABLES } = context;
  const named = model === undefined ? 'its models' : `the model “${model}”`;
  if (status === 402 || code === 'insufficient_quota') {
    return fail(
      'quota',
      `The account at ${host} has no credit left. Look at its billing page, or choose another model.`,
    );
  }
  if (code === 'context_length_exceeded' || TOO_LONG.test(quote)) {
    return fail(
      'too-large',
      `This conversation is longer than ${named} can read${quote}. Start a new chat, or choose another model.`,
    );
  }
  switch (status) {
    case 401:
      return key
        ? fail('key', `${host} did not accept the API key. ${hints.wrongKey}`)
        : fail('key', `${host} wants an API key. ${hints.noKey}`);
    case 403:
      return fail(
        'forbidden',
        `${host} does not allow this key to use ${named}${quote}. Choose another model, or look at the rights of the key.`,
      );
    case 404:
      return model === undefined
        ? fail(
            'no-model',
            `${host} has no list of models. ${capital(hints.address)}: it usually ends in /v1. Where a server has none, name its models under Models.`,
          )
        : fail('no-model', `${host} does not know ${named}. Choose another model, or ${hints.address}.`);
    case 413:
      return fail(
        'too-large',
        `This conversation is too large for ${host}. Start a new chat, or choose another model.`,
      );
    case 429:
      return {
        ...fail('rate-limit', `${host} is getting too many requests from this account. ${pause(retryAfter)}`),
        ...(retryAfter !== undefined && { retryAfter }),
      };
    case 503:
    case 529:
      return {
        ...fail(
          'overloaded',
          `The server at ${host} is overloaded${quote}. Try again in a moment, or choose another model.`,
        ),
        ...(retryAfter !== undefined && { retryAfter }),
      };
  }
  if (status >= 500) {
    return fail(
      'provider',
      `The server at ${host} failed${numbered(status, quote)}. Try again, or choose another model.`,
    );
  }
  return fail(
    'bad-request',
    `${host} did not accept the request${numbered(status, quote)}. ${model === undefined ? `${capital(hints.address)}.` : 'Change the message, or choose another model.'}`,
  );
}

/** The status and the provider's words in one pair of brackets. */
function numbered(status: number, quote: string): string {
  return quote === '' ? ` (${status})` : quote.replace('(', `(${status}: `);
}

function cutFailure({ host }: FailureContext): Failure {
  return fail('cut', `The connection to ${host} broke before the answer was finished. Try again.`);
}

/** A stream ended without saying so. */
export function unendedFailure(heard: 'nothing' | 'bytes' | 'events', context: FailureContext): Failure {
  if (heard === 'bytes') return malformedFailure(context);
  return heard === 'events' ? cutFailure(context) : silentEndFailure(context);
}

/** So servers of one's own end when a context is more than the model was loaded for. */
function silentEndFailure({ host }: FailureContext): Failure {
  return fail(
    'cut',
    `${host} ended its answer before the first word. Try again; if the conversation is long, it may be more than the model was loaded for: then begin a new chat, or choose another model.`,
  );
}

export function malformedFailure(context: FailureContext): Failure {
  const other = context.model === undefined ? '' : ', or choose another model';
  return fail(
    'malformed',
    `${context.host} sent something that is no answer of a server of models. ${capital(addressOf(context))}${other}.`,
  );
}

/** Never asked: see addresses.ts. */
function forbiddenAddress(host: string): Failure {
  return fail(
    'forbidden-address',
    `${host} leads to an address where clouds keep secrets of this machine. Bough never asks there.`,
  );
}

export function filterFailure({ host }: FailureContext): Failure {
  return fail(
    'content-filter',
    `The content filter of ${host} ended this answer. Say it in other words, or choose another model.`,
  );
}

export function silentFailure({ host }: FailureContext): Failure {
  return fail('network', `${host} did not answer in time. Check that it is running, or try again.`);
}

function fail(code: string, sentence: string): Failure {
  return { code, sentence };
}

/** How long is not said here: the sentence stays, and who reads it counts `retryAfter` down. */
function pause(retryAfter: number | undefined): string {
  return retryAfter === undefined
    ? 'Wait a moment and try again.'
    : 'It asks for a pause: wait, then try again.';
}

/** An error event inside the stream, or an event that could not be read. */
function eventFailure(error: unknown, context: FailureContext): Failure {
  const words = providerWords(error, context.key);
  if (!words.quote) return malformedFailure(context);
  const status = statusIn(words.code);
  if (status >= 400 && status < 600) return statusFailure(status, words, context);
  if (/rate_limit/.test(words.code)) return statusFailure(429, words, context);
  if (/overloaded/.test(words.code)) return statusFailure(529, words, context);
  if (words.code === 'insufficient_quota' || words.code === 'context_length_exceeded')
    return statusFailure(400, words, context);
  return fail(
    'provider',
    `The server at ${context.host} broke off${words.quote}. Try again, or choose another model.`,
  );
}

/** A status, or a code of more digits that begins with one: `50505`. NaN: neither. */
function statusIn(code: string): number {
  const number = Number(code);
  return number > 9_999 && number < 60_000 ? Math.floor(number / 100) : number;
}

function networkFailure(cause: unknown, context: FailureContext): Failure {
  const { host } = context;
  const code = codeOf(cause) ?? '';
  if (code === FORBIDDEN_ADDRESS) return forbiddenAddress(host);
  if (code === 'ECONNREFUSED') {
    return fail('refused', `Nothing answers at ${host}. Start the server there, or ${addressOf(context)}.`);
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return fail(
      'dns',
      `The name ${host} was not found. ${capital(addressOf(context))} and your network connection.`,
    );
  }
  if (/^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO)/.test(code)) {
    return fail(
      'tls',
      `No secure connection to ${host} could be made (${code}). Check its certificate, and whether its address should begin with http: or https: (${addressOf(context)}).`,
    );
  }
  if (
    code === 'ECONNRESET' ||
    code === 'ERR_STREAM_PREMATURE_CLOSE' ||
    code === 'UND_ERR_SOCKET' ||
    code === 'EPIPE'
  )
    return cutFailure(context);
  return fail('network', `${host} could not be reached. Check your network connection and try again.`);
}

/** The system's code of an error or of what caused it. */
function codeOf(error: unknown): string | undefined {
  let at = error;
  for (let depth = 0; at instanceof Error && depth < 5; depth += 1) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string') return code;
    at = at.cause;
  }
  return undefined;
}
