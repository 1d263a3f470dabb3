/** All sources of models together: what can be chosen, and who serves it. */
import type { Model, ModelList, Source } from '../../protocol/index.ts';
import type { ModelRef } from '../../tree/index.ts';
import { DEMO_SOURCE } from './demo.ts';
import { DEMO } from './demo-modes.ts';
import { type ModelName, type ModelSource, ProviderFailure } from './port.ts';

export interface Models {
  /** Everything that can be chosen now, and which sources did not answer. Never throws, never waits longer than a source may. */
  list(): Promise<ModelList>;
  source(ref: ModelRef): ModelSource | undefined;
  /** What is known of a model; null: nobody here can serve it. */
  describe(ref: ModelRef): Promise<ModelName | null>;
}

export interface ModelsOptions {
  /** In the order in which they are listed. */
  readonly sources: readonly ModelSource[];
  /** ms since the epoch. Default: the real one. */
  readonly now?: () => number;
}

/** A list is asked for again after this long, in ms; one that failed sooner, for somebody may be mending it. */
const FRESH = 30_000;
const FRESH_FAILURE = 3_000;

interface Listed {
  readonly models: readonly Model[];
  readonly problem?: string;
}

export function createModels({ sources, now = Date.now }: ModelsOptions): Models {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const lists = sources.map((source) => ({ source, read: remembered(() => ask(source), now) }));
  return {
    source: (ref) => byId.get(ref.source),
    describe: async (ref) => byId.get(ref.source)?.describe(ref.id) ?? null,
    list: async () => {
      const answers = await Promise.all(
        lists.map(async ({ source, read }) => ({ source, ...(await read()) })),
      );
      const models = answers.flatMap((answer) => answer.models);
      const problems = answers.flatMap(({ source, problem }) =>
        problem ? [{ source: source.id, sentence: problem }] : [],
      );
      return { models, default: defaultOf(models), sources: answers.map(sourceOf), problems };
    },
  };
}

function sourceOf({ source: { id, facts }, problem }: Listed & { source: ModelSource }): Source {
  const state = problem === undefined ? ('ready' as const) : ('failed' as const);
  return { id, ...facts, state, ...(problem !== undefined && { sentence: problem }) };
}

function defaultOf(models: readonly Model[]): ModelRef {
  const model = models.find(({ demo }) => !demo) ?? models[0];
  return model?.ref ?? { source: DEMO_SOURCE, id: DEMO.id };
}

async function ask(source: ModelSource): Promise<Listed> {
  try {
    return { models: await source.list() };
  } catch (error) {
    const problem =
      error instanceof ProviderFailure
        ? error.failure.sentence
        : `The models of ${source.id} could not be listed. Look at the settings of this source.`;
    return { models: [], problem };
  }
}

/** One question at a time; its answer is given again while it is fresh. A failure does not forget the models known before. */
function remembered(read: () => Promise<Listed>, now: () => number): () => Promise<Listed> {
  let known: Listed = { models: [] };
  let until = Number.NEGATIVE_INFINITY;
  let asking: Promise<Listed> | undefined;
  const refresh = async () => {
    const answer = await read();
    known = answer.problem === undefined ? answer : { ...known, problem: answer.problem };
    until = now() + (answer.problem === undefined ? FRESH : FRESH_FAILURE);
    asking = undefined;
    return known;
  };
  return async () => {
    if (now() < until) return known;
    asking ??= refresh();
    return asking;
  };
}
