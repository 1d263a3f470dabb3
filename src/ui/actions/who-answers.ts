/**
 * Which model answers: next in a conversation, and when a reply is asked for once more (decisions 0067 and 0074). The one home of
 * these rules: composer, buttons, menus, cards and keys ask here. Pure.
 */

import type { ModelsView, PathEntry } from '../../client/types.ts';
import type { Model } from '../../protocol/index.ts';
import type { ModelRef, Tree } from '../../tree/index.ts';
import { sameModel } from '../../tree/index.ts';

export interface ModelWishes {
  /** Chosen for this conversation. */
  readonly chosen?: ModelRef | undefined;
  /** The model of the latest reply on the visible path. */
  readonly used?: ModelRef | undefined;
  /** Chosen last, anywhere. */
  readonly last?: ModelRef | undefined;
}

export type Picked =
  | {
      readonly kind: 'model';
      readonly model: Model;
      /** The wanted model, which nothing here serves: `model` answers in its place, and that is said. */
      readonly insteadOf?: ModelRef;
    }
  /** The wanted model is not in the list; another one must be chosen by hand. */
  | { readonly kind: 'gone'; readonly ref: ModelRef }
  | { readonly kind: 'none' };

/**
 * Who answers the next message. The first wish counts. One that cannot be met is never replaced in silence, and never by the demo: a new chat
 * takes another model, and so does one whose model comes from elsewhere (decision 0241). Else a person chooses: it may be back any moment.
 */
export function pickModel(list: ModelsHere, wishes: ModelWishes): Picked {
  const { chosen, used, last } = wishes;
  const wanted = chosen ?? used ?? last ?? list.default;
  if (!wanted) return { kind: 'none' };
  const model = find(list.models, wanted);
  if (model) return { kind: 'model', model };
  const isNew = !chosen && !used;
  if (!isNew && !isElsewhere(list, wanted)) return { kind: 'gone', ref: wanted };
  const standIn = [last, list.default]
    .map((ref) => find(list.models, ref))
    .find((one) => one && !one.demo && (isNew || !one.agent));
  if (!standIn) return { kind: 'gone', ref: wanted };
  return { kind: 'model', model: standIn, ...(!isNew && { insteadOf: wanted }) };
}

type ModelsHere = Pick<ModelsView, 'models' | 'default' | 'sources' | 'removed'>;

/** None of our sources ever served it: it was imported. Words that were meant for an endpoint that was removed are sent nowhere else unasked (decision 0312). */
export function isElsewhere(
  { sources, removed = [] }: Pick<ModelsView, 'sources' | 'removed'>,
  { source }: ModelRef,
): boolean {
  return sources.length > 0 && !sources.some(({ id }) => id === source) && !removed.includes(source);
}

/** The model of the last reply, written or asked for, on the path. */
export function lastAsked(path: readonly PathEntry[]): ModelRef | undefined {
  for (const entry of path.toReversed()) {
    if (entry.kind === 'pending') return entry.pending.model;
    if (entry.kind !== 'message') return entry.generation.model;
    // Who wrote a summary did not answer.
    if (entry.header.author.kind === 'model' && !entry.header.summary) return entry.header.author.model;
  }
  return undefined;
}

/** The conversation's model if it was chosen since the last reply was asked for, so that it is meant, and can be asked (decision 0067). */
export function chosenSince(
  chosen: ModelRef | undefined,
  used: ModelRef | undefined,
  picked: Picked,
): ModelRef | undefined {
  if (picked.kind !== 'model' || picked.insteadOf) return undefined;
  return chosen && !sameModel(chosen, used) ? picked.model.ref : undefined;
}

export interface Answerers {
  /** What `chosenSince` says. */
  readonly chosen: ModelRef | undefined;
  /** Who answers the next message. */
  readonly model: ModelRef | undefined;
  /** Whether nothing here ever serves a model. Default: something may. */
  readonly isElsewhere?: ((model: ModelRef) => boolean) | undefined;
}

/**
 * Who is asked by "Regenerate" and "Try again" (decision 0074): whom one chose since, else who wrote or tried to write `reply`, unless that is
 * a model from elsewhere, else who answers the next message. Null: there was no reply yet. Undefined: there is no model to ask.
 */
export function whoAnswersAgain(
  { chosen, model, isElsewhere }: Answerers,
  tree: Tree,
  reply: string | null,
): ModelRef | undefined {
  const writer = writerOf(tree, reply);
  return chosen ?? (writer && isElsewhere?.(writer) ? undefined : writer) ?? model;
}

function writerOf(tree: Tree, reply: string | null): ModelRef | undefined {
  if (reply === null) return undefined;
  const author = tree.messages.get(reply)?.author;
  if (author) return author.kind === 'model' ? author.model : undefined;
  return tree.generations.get(reply)?.model;
}

/** What a model is called; by its id where the list does not have it. */
export function nameOfModel(models: readonly Model[], ref: ModelRef): string {
  return find(models, ref)?.name ?? ref.id;
}

function find(models: readonly Model[], ref: ModelRef | undefined): Model | undefined {
  return models.find((model) => sameModel(model.ref, ref));
}
