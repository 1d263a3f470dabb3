/** What a provider says about its own failures, made fit to be shown. Pure. */

export interface ProviderWords {
  /** The provider's code or type of error; empty where it gave none. */
  readonly code: string;
  /** Ready to be put behind a sentence: ` (“Its words.”)`; empty where it said nothing. */
  readonly quote: string;
}

const QUOTE_LIMIT = 200;

type BodyFields = Readonly<Record<string, unknown>>;

/** Where servers put what they say, the first that holds words: OpenAI and most, vLLM; Chinese gateways; FastAPI; MiniMax. */
const WORDS = ['message', 'msg', 'detail', 'error_msg', 'status_msg', 'error_description', 'errors', 'title'];
/** Of errors within errors. */
const DEPTH = 4;
const CODES = ['code', 'status_code', 'status', 'type'];

/** Of an error object, of what it holds in `error`, or of the first in a list. */
function saidIn(value: unknown, depth = 0): { readonly message: string; readonly code: string } | undefined {
  if (typeof value === 'string') return value === '' ? undefined : { message: value, code: '' };
  if (typeof value !== 'object' || value === null || depth > DEPTH) return undefined;
  if (Array.isArray(value)) return saidIn(value[0], depth + 1);
  const fields = value as BodyFields;
  const words = [fields.error, ...WORDS.map((field) => fields[field])];
  const inner = words.map((one) => saidIn(one, depth + 1)).find((one) => one !== undefined);
  if (inner === undefined || inner.code !== '') return inner;
  const code = CODES.map((field) => fields[field]).find((one) => /^(string|number)$/.test(typeof one));
  return { ...inner, code: String(code ?? '') };
}

/**
 * @param body what came: parsed, or as text. Text that is neither JSON nor short plain words says nothing.
 * @param key never repeated, should the provider have done so.
 */
export function providerWords(body: unknown, key?: string): ProviderWords {
  const value = typeof body === 'string' ? parsed(body) : unwrapped(body);
  const said = typeof value === 'string' ? undefined : saidIn(value);
  if (!said) return { code: '', quote: '' };
  const quote = shown(said.message, key);
  return { code: said.code, quote: quote && ` (“${quote}”)` };
}

/** Of errors only the AI SDK's TypeValidationError holds what was said: in `value`, what it could not read. */
function unwrapped(body: unknown): unknown {
  if (!(body instanceof Error)) return body;
  return 'value' in body ? body.value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One line, short, without anything that looks like a key. */
function shown(message: string, key: string | undefined): string {
  const safe = (key ? message.replaceAll(key, '…') : message).replace(/\b(sk|key|pk)-[\w*-]{6,}/g, '…');
  const line = safe.replace(/\s+/g, ' ').trim();
  return line.length > QUOTE_LIMIT ? `${line.slice(0, QUOTE_LIMIT).replace(/[\uD800-\uDBFF]$/, '')}…` : line;
}

/** `Retry-After` in seconds or as a date, or `retry-after-ms`: ms since the epoch. A day at most; nonsense is none. */
export function retryAfterOf(
  headers: Readonly<Record<string, string>> | undefined,
  now: number,
): number | undefined {
  const ms = Number(headers?.['retry-after-ms'] || Number.NaN);
  const text = headers?.['retry-after'] ?? '';
  const wait = [ms, text === '' ? Number.NaN : Number(text) * 1_000, Date.parse(text) - now].find(
    Number.isFinite,
  );
  if (wait === undefined || wait < 0) return undefined;
  return Math.round(now + Math.min(wait, 86_400_000));
}
