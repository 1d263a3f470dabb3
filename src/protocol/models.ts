/** The models a person can choose from: `GET /api/models`. */
import * as z from 'zod/mini';
import { modelRefSchema } from './items.ts';

export const MODELS_PATH = '/api/models';

export const modelSchema = z.object({
  ref: modelRefSchema,
  name: z.string(),
  /** Where it is served, as people say it: "Demo", "api.openai.com", "127.0.0.1:8080". */
  sourceName: z.string(),
  /** The built-in demo, which is no AI and is badged as such wherever it speaks. */
  demo: z.boolean(),
});
export type Model = z.infer<typeof modelSchema>;

export const modelListSchema = z.object({
  models: z.array(modelSchema),
  /** The model a new conversation starts with: the first real one, else the demo. */
  default: modelRefSchema,
  /** Sources that did not answer, each with a sentence that says what to do. */
  problems: z.array(z.object({ source: z.string(), sentence: z.string() })),
});
export type ModelList = z.infer<typeof modelListSchema>;
