/** The list of models as it is shown: by source, filtered. Pure. */

import type { Model, Source } from '../../../protocol/index.ts';
import { sameModel } from '../../../tree/index.ts';

export interface ModelGroup {
  readonly source: Source;
  readonly models: readonly Model[];
}

export interface ShownModels {
  /** In the order of the sources. Without a filter also those that have no model: they failed, are being asked, or are a person's own. */
  readonly groups: readonly ModelGroup[];
  /** Looked for on this machine; nothing runs there. */
  readonly absent: readonly Source[];
  /** Models that are for something else than chats and not shown. */
  readonly hidden: number;
}

export interface ModelFilter {
  /** Words that must all be in the name of the model or of its source. */
  readonly filter?: string;
  /** Also what is for something else than chats. */
  readonly all?: boolean;
  /** Shown whatever it is for: the model that is chosen. */
  readonly current?: Model['ref'] | undefined;
}

export function shownModels(
  { models, sources }: { readonly models: readonly Model[]; readonly sources: readonly Source[] },
  { filter = '', all = false, current }: ModelFilter = {},
): ShownModels {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = models.filter((model) => matches(model, words));
  const fit = found.filter((model) => all || model.kind === 'chat' || sameModel(model.ref, current));
  const groups = sources.map((source) => ({
    source,
    models: fit.filter(({ ref }) => ref.source === source.id),
  }));
  const kept = groups.filter(
    ({ source, models: own }) => own.length > 0 || (words.length === 0 && speaks(source)),
  );
  const absent = sources.filter(({ state, endpoint }) => state === 'absent' && endpoint === undefined);
  return { groups: kept, absent: words.length === 0 ? absent : [], hidden: found.length - fit.length };
}

function matches({ name, ref, sourceName }: Model, words: readonly string[]): boolean {
  const text = `${name}\n${ref.id}\n${sourceName}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** There is something to say of it, or to do with it, although it has no model. */
function speaks({ state, found, endpoint }: Source): boolean {
  if (state === 'asking' || state === 'failed' || endpoint !== undefined) return true;
  return state === 'ready' && found !== 'built-in';
}

/** Somebody real can answer. */
export function hasRealModel(models: readonly Model[]): boolean {
  return models.some(({ demo, kind }) => !demo && kind === 'chat');
}
