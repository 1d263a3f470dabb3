/** The model list of an OpenAI-compatible server: `GET {base}/models`. */
import { z } from 'zod';
import {
  type FailureContext,
  failureOf,
  malformedFailure,
  silentFailure,
  statusFailure,
} from './failures.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { ProviderFailure } from './port.ts';
import { wordsOf } from './provider-words.ts';

const BYTES_LIMIT = 4_000_000;
/** What is no chat model, by its id. */
const NO_CHAT = /embed|whisper|dall-e|image|moderation|(^|[-_./:])tts([-_./:]|$)/i;

const entry = z.object({ id: z.string().min(1).max(300) });
/** OpenAI's shape, a bare list (Together), and no models at all as null (Ollama). */
const listed = z.union([
  z.object({ data: z.array(z.unknown()).nullable() }).transform(({ data }) => data ?? []),
  z.array(z.unknown()),
]);

export interface ListOptions {
  readonly baseUrl: string;
  readonly key?: string;
  /** ms. */
  readonly timeout: number;
}

/** Ids in the provider's order, without repeats. Throws `ProviderFailure`. */
export async function listModels(
  { baseUrl, key, timeout }: ListOptions,
  context: FailureContext,
): Promise<string[]> {
  const signal = AbortSignal.timeout(timeout);
  try {
    const response = await guardedFetch()(`${baseUrl}/models`, {
      headers: { accept: 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
      signal,
    });
    const text = await textOf(response);
    if (!response.ok) throw new ProviderFailure(statusFailure(response.status, wordsOf(text, key), context));
    return idsOf(text, context);
  } catch (error) {
    if (signal.aborted) throw new ProviderFailure(silentFailure(context));
    throw new ProviderFailure(failureOf(error, context));
  }
}

function idsOf(text: string, context: FailureContext): string[] {
  const list = listed.safeParse(jsonOf(text));
  if (!list.success) throw new ProviderFailure(malformedFailure(context));
  const ids = list.data.map((item) => entry.safeParse(item).data?.id).filter((id) => id !== undefined);
  return [...new Set(ids)].filter((id) => !NO_CHAT.test(id));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
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
