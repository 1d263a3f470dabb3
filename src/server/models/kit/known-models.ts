/** What providers do not tell by their API: prices, windows and eyes of their models, from known-models.json. Pure. */
import type { Model, Price } from '../../../protocol/index.ts';
import known from './known-models.json' with { type: 'json' };

interface Known {
  readonly price: readonly number[];
  readonly window: number;
  readonly images: boolean;
}

/** Nothing for a model that is not in the file: another generation may cost anything. A date behind a name is the same model. */
export function knownOf(
  provider: 'openai' | 'anthropic',
  id: string,
): { readonly price?: Price; readonly window?: number; readonly images?: boolean } {
  const table: Readonly<Record<string, Known>> = known[provider];
  const name = id.replace(/-(\d{8}|\d{4}-\d{2}-\d{2}|latest)$/, '').replace(/-0$/, '');
  const model = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!model) return {};
  const [input = 0, output = 0, cached] = model.price;
  const price = { input, output, ...(cached !== undefined && { cached }), date: known.date };
  return { price, window: model.window, images: model.images };
}

/** What a model is for, as far as its name tells. */
export function kindOf(id: string): Model['kind'] {
  if (/embed|(^|[-_./:])(bge|e5|gte|minilm)([-_./:]|$)|rerank/i.test(id)) return 'embedding';
  if (/whisper|(^|[-_./:])tts([-_./:]|$)|transcri|realtime|audio|speech/i.test(id)) return 'speech';
  if (/dall-e|image|stable-diffusion|flux|sora/i.test(id)) return 'image';
  return /moderation|(^|[-_./:])(babbage|davinci)-\d|guard/i.test(id) ? 'other' : 'chat';
}
