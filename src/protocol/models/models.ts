/** The models a person can choose from: `GET /api/models`. */
import * as z from 'zod/mini';
import { modelRefSchema } from '../fields.ts';
import { priceSchema } from './prices.ts';

/** `GET` reads the list of models. */
export const MODELS_PATH = '/api/models';

/** A model that can be asked. */
const modelSchema = z.object({
  ref: modelRefSchema,
  name: z.string(),
  /** Where it is served, as people say it: "Demo", "api.openai.com", "127.0.0.1:8080". */
  sourceName: z.string(),
  /** The built-in demo, which is no AI and is badged as such wherever it speaks. */
  demo: z.boolean(),
  /** What it is for; lists hide all but `chat` behind "All". */
  kind: z.enum(['chat', 'embedding', 'speech', 'image', 'other']),
  /** Tokens it reads and writes at most in one go; absent: not known. */
  window: z.optional(z.number()),
  /** The other window it is loaded with now: the first answer with its own loads it anew (Ollama). */
  loaded: z.optional(z.number()),
  /** Whether it takes images; absent: not known, then they are sent and its provider says. */
  images: z.optional(z.boolean()),
  /** Whether it takes audio; as `images`. */
  audio: z.optional(z.boolean()),
  /** Most bytes of one image; absent: not known. A larger one is named to the model instead. */
  imageLimit: z.optional(z.number()),
  price: z.optional(priceSchema),
  /** It is an agent, which works in a folder of the server's computer. `found`: on PATH, and not started. */
  agent: z.optional(
    z.object({
      state: z.enum(['found', 'configured', 'running']),
      command: z.string(),
      version: z.optional(z.string()),
      /** Absent: not known before it is started. */
      abilities: z.optional(
        z.object({
          reopens: z.boolean(),
          forks: z.boolean(),
          cursors: z.boolean(),
          forksAtMessages: z.boolean(),
        }),
      ),
    }),
  ),
});
export type Model = z.infer<typeof modelSchema>;

/** The ways servers of models speak. A new one is named here; what is missing for it does not compile. */
export const API_KINDS = ['openai', 'anthropic', 'openai-compatible', 'ollama'] as const;
export type ApiKind = (typeof API_KINDS)[number];

/** A place that serves models, whether or not it answers. `id` is the `source` of its models' refs. */
export const sourceSchema = z.object({
  id: z.string(),
  /** As people say it: its name in the list of endpoints, else its host. */
  name: z.string(),
  kind: z.enum([...API_KINDS, 'demo', 'agents']),
  /** `local`: looked for on this machine, which needs no setting. `person`: added in the app, see `endpoint`. */
  found: z.enum(['environment', 'local', 'person', 'built-in']),
  /**
   * `asking`: it has not answered yet; ask for the list again. `absent`: nothing runs where it was looked for, which is no
   * problem. `failed`: it should answer and does not; `sentence` says what to do.
   */
  state: z.enum(['ready', 'asking', 'failed', 'absent']),
  sentence: z.optional(z.string()),
  baseUrl: z.optional(z.string()),
  /** A key goes with every request. The key itself never leaves the server. */
  hasKey: z.boolean(),
  /** The environment variables that set it up. */
  variables: z.optional(z.array(z.string())),
  /** The header its key goes in, where a person said so. */
  keyHeader: z.optional(z.string()),
  /** Names of models that a person typed. */
  models: z.optional(z.array(z.string())),
  /** Its id for the commands on endpoints. */
  endpoint: z.optional(z.string()),
});
export type Source = z.infer<typeof sourceSchema>;

/** What `GET /api/models` answers. */
export const modelListSchema = z.object({
  models: z.array(modelSchema),
  /** The model a new conversation starts with: last used, else of the environment, else local, else the demo. */
  default: modelRefSchema,
  /** Every source, in the order of its models, those that have none too. */
  sources: z.array(sourceSchema),
  /** The sources that failed: `source` is their id, the sentence says what to do. */
  problems: z.array(z.object({ source: z.string(), sentence: z.string() })),
  /** Ids of sources that a person added once and has removed. Absent: none. */
  removed: z.optional(z.array(z.string())),
});
export type ModelList = z.infer<typeof modelListSchema>;
