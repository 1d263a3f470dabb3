/** What providers do not tell by their API: prices, windows, eyes and ears of their models, from known-models.json. Pure. */
import type { Model, Price } from '../../../protocol/index.ts';
import known from './known-models.json' with { type: 'json' };

interface Known {
  /** Absent where audio costs otherwise than text: one price would be wrong. */
  readonly price?: readonly number[];
  readonly window: number;
  readonly images: boolean;
  readonly audio?: boolean;
}

interface KnownFacts {
  readonly price?: Price;
  readonly window?: number;
  readonly images?: boolean;
  readonly audio?: boolean;
}

/** Nothing for a model that is not in the file: another generation may cost anything. A date behind a name is the same model. */
export function knownOf(provider: 'openai' | 'anthropic', id: string): KnownFacts {
  const table: Readonly<Record<string, Known>> = known[provider];
  const name = id.replace(/-(\d{8}|\d{4}-\d{2}-\d{2}|latest)$/, '').replace(/-0$/, '');
  const model = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!model) return {};
  const { price, window, images, audio = false } = model;
  return { ...(price && { price: priceOf(price) }), window, images, audio };
}

function priceOf([input = 0, output = 0, cached]: readonly number[]): Price {
  return { input, output, ...(cached !== undefined && { cached }), date: known.date };
}

/** What a model is for, as far as its name tells. Only whole words of it count: `vanguard-7b` and `influx-7b` chat. */
export function kindOf(id: string): Model['kind'] {
  const named = (words: string) => new RegExp(`(?<![a-z])(${words})(?![a-z])`).test(spacedName(id));
  if (named('embed(ding|dings|der)?|bge|e5|gte|mini ?lm|rerank(er|ing)?')) return 'embedding';
  if (named('whisper|tts|stt|transcri(be|ption)|realtime|audio|speech(t5)?')) return 'speech';
  if (named('dall-e|images?|imagen|(stable )?diffusion|flux|sora')) return 'image';
  return named('moderation|(babbage|davinci)-\\d+|guard(ian)?|shield') ? 'other' : 'chat';
}

/** Lower case, with a space where one word of a name written together ends: `LlamaGuard`, `embeddinggemma`. */
function spacedName(id: string): string {
  return id
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/(llama|qwen)(?=guard)|(shield|embed|embedding)(?=gemma)/g, '$1$2 ');
}
