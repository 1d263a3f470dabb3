/** What a provider says about its own failures, made fit to be shown. Pure. */
import { z } from 'zod';

export interface ProviderWords {
  /** The provider's code or type of error; empty where it gave none. */
  readonly code: string;
  /** Ready to be put behind a sentence: ` (“Its words.”)`; empty where it said nothing. */
  readonly quote: string;
}

const QUOTE_LIMIT = 200;

const label = z.union([z.string(), z.number()]).nullish().catch(null);
const detail = z.object({ message: z.string(), code: label, type: label });
/** Shapes met in the wild: OpenAI and most; Ollama and LM Studio; vLLM; FastAPI. */
const said = z.union([
  z.object({ error: detail }).transform(({ error }) => error),
  z.object({ error: z.string() }).transform(({ error }) => ({ message: error, code: null, type: null })),
  detail,
  z.object({ detail: z.string() }).transform((body) => ({ message: body.detail, code: null, type: null })),
]);

/**
 * @param body what came: parsed, or as text. Text that is neither JSON nor short plain words says nothing.
 * @param key never repeated, should the provider have done so.
 */
export function wordsOf(body: unknown, key?: string): ProviderWords {
  const value = typeof body === 'string' ? parsed(body) : unwrapped(body);
  const result = said.safeParse(value);
  if (!result.success) return { code: '', quote: '' };
  const { message, code, type } = result.data;
  const quote = shown(message, key);
  return { code: String(code ?? type ?? ''), quote: quote && ` (“${quote}”)` };
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
