/** All sources of models together: what can be chosen, and who serves it. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Model, ModelList, Source } from '../../protocol/index.ts';
import type { ModelRef } from '../../tree/index.ts';
import { sameModel } from '../../tree/index.ts';
import { type ModelName, type ModelSource, ProviderFailure } from './port.ts';
import { DEMO_SOURCE } from './providers/demo.ts';
import { DEMO } from './providers/demo-modes.ts';

export interface Models {
  /** Everything that can be chosen now, and which sources did not answer. Never throws, never waits longer than a source may. */
  list(): Promise<ModelList>;
  source(ref: ModelRef): ModelSource | undefined;
  /** What is known of a model; null: no source here serves it. */
  describe(ref: ModelRef): Promise<ModelName | null>;
}

export interface ModelsOptions {
  /** In the order in which they are listed and become the default. Of two with one id the person's counts, else the first. */
  readonly sources: readonly ModelSource[] | (() => readonly ModelSource[]);
  /** Ids of sources that were here once and were taken away. Default: none. */
  readonly removed?: () => readonly string[];
  /** Models in the order of their last use, the latest first. Default: none. */
  readonly lastUsed?: () => readonly ModelRef[];
  /** ms since the epoch. Default: the real one. */
  readonly now?: () => number;
}

/** How long a list is used before it is asked for again, in ms; sooner after a failure, which a person may be repairing. */
const FRESH = 30_000;
const FRESH_FAILURE = 3_000;
/** How long the list waits for servers that were looked for on this machine, in ms. */
const GRACE = 300;

interface SourceListing {
  readonly models: readonly Model[];
  readonly problem?: string;
  /** It has not answered yet. */
  readonly asking?: boolean;
}

export function createModels(options: ModelsOptions): Models {
  const { sources, removed = () => [], lastUsed = () => [], now = Date.now } = options;
  const readers = new WeakMap<ModelSource, Reader>();
  const current = () => distinct(typeof sources === 'function' ? sources() : sources);
  const reader = (source: ModelSource) => {
    const known = readers.get(source) ?? remembered(() => ask(source), now, source.facts.found === 'local');
    readers.set(source, known);
    return known;
  };
  const find = (id: string) => current().find((source) => source.id === id);
  return {
    source: (ref) => find(ref.source),
    describe: async (ref) => (await find(ref.source)?.describe(ref.id)) ?? null,
    list: async () => {
      const answers = await Promise.all(
        current().map(async (source) => ({ source, ...(await reader(source)()) })),
      );
      const models = answers.flatMap((answer) => answer.models);
      const told = answers.map(sourceOf);
      const problems = told.flatMap(({ id, state, sentence }) =>
        state === 'failed' && sentence !== undefined ? [{ source: id, sentence }] : [],
      );
      const gone = removed().filter((id) => !told.some((source) => source.id === id));
      return {
        ...{ models, default: defaultOf(models, lastUsed()), sources: told, problems },
        ...(gone.length > 0 && { removed: gone }),
      };
    },
  };
}

/** One source a place: two names of this machine are the same place. */
function distinct(sources: readonly ModelSource[]): readonly ModelSource[] {
  const placeOf = ({ id }: ModelSource) => id.replace(/^(localhost|\[::1\])(?=[:/]|$)/, '127.0.0.1');
  const chosen = new Map<string, ModelSource>();
  for (const source of sources) {
    const before = chosen.get(placeOf(source));
    if (!before || source.facts.found === 'person') chosen.set(placeOf(source), source);
  }
  return sources.filter((source) => chosen.get(placeOf(source)) === source);
}

/** Nothing running where it was only looked for is no problem. */
function sourceOf({
  source: { id, facts },
  problem,
  asking,
}: SourceListing & { source: ModelSource }): Source {
  if (asking) return { id, ...facts, state: 'asking' };
  if (problem === undefined) return { id, ...facts, state: 'ready' };
  if (facts.found === 'local') return { id, ...facts, state: 'absent' };
  return { id, ...facts, state: 'failed', sentence: problem };
}

/** Last used, else the first chat model that is one, else the demo: it never stands in for what was used. */
function defaultOf(models: readonly Model[], used: readonly ModelRef[]): ModelRef {
  const real = models.filter(({ demo, kind }) => !demo && kind === 'chat');
  const last = used.find((ref) => real.some((model) => sameModel(model.ref, ref)));
  return last ?? real[0]?.ref ?? models[0]?.ref ?? { source: DEMO_SOURCE, id: DEMO.id };
}

async function ask(source: ModelSource): Promise<SourceListing> {
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

type Reader = () => Promise<SourceListing>;

/**
 * One question at a time; its answer is given again while it is fresh. A failure does not forget the models known before.
 * @param local nobody waits for it: what is known is given, and only the very first answer is awaited for a moment. What
 *   does not answer any more is gone; once is no more than a busy moment.
 */
function remembered(read: () => Promise<SourceListing>, now: () => number, local: boolean): Reader {
  let known: SourceListing = { models: [], ...(local && { asking: true }) };
  let until = Number.NEGATIVE_INFINITY;
  let asking: Promise<SourceListing> | undefined;
  let failures = 0;
  const refresh = async () => {
    const answer = await read();
    failures = answer.problem === undefined ? 0 : failures + 1;
    if (answer.problem === undefined || (local && isGone())) known = answer;
    else if (!local) known = { ...known, problem: answer.problem };
    until = now() + (answer.problem === undefined ? FRESH : FRESH_FAILURE);
    asking = undefined;
    return known;
  };
  const isGone = () => failures > 1 || known.models.length === 0;
  return async () => {
    if (now() < until) return known;
    asking ??= refresh();
    if (!local) return asking;
    if (known.asking) await Promise.race([asking, sleep(GRACE, undefined, { ref: false })]);
    return known;
  };
}
