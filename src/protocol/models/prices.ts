/** What models cost. Prices come from providers, else from `server/models/kit/known-models.json`; the page says them in `features/models/model-facts.ts`. */
import * as z from 'zod/mini';

/** US dollars for a million tokens, as the provider published them on `date` (YYYY-MM-DD). `cached`: input read from its cache. */
export const priceSchema = z.object({
  input: z.number(),
  output: z.number(),
  cached: z.optional(z.number()),
  date: z.string(),
});
export type Price = z.infer<typeof priceSchema>;

/** What a reply cost in US dollars; undefined where a count or the price is not known. */
export function costOf(
  usage: { readonly input?: number; readonly output?: number; readonly cached?: number } | undefined,
  price: Price | undefined,
): number | undefined {
  if (!price || usage?.input === undefined || usage.output === undefined) return undefined;
  const cached = Math.min(usage.cached ?? 0, usage.input);
  const read = (usage.input - cached) * price.input + cached * (price.cached ?? price.input);
  return (read + usage.output * price.output) / 1_000_000;
}
