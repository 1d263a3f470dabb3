/**
 * What a card is marked with: as bits for all cards, which is what is drawn of them from afar, and in full for the few that are near. What is
 * worth marking is decided here, once for both. Pure.
 */
import {
  type Card,
  type ChangedLines,
  COLOURS,
  countCovered,
  countedOf,
  type EndReason,
  hasSeveralModels,
  inAsides,
  type Mark,
  type MessageHeader,
  markOf,
  shownThoughPruned,
  summarised,
  type Tree,
  type Turn,
} from '../../../../tree/index.ts';
import {
  ASIDE,
  BROKEN,
  FADED,
  FORK,
  FRESH,
  indexOfMessage,
  LABELLED,
  LIVE,
  ON_PATH,
  type SceneArrays,
  STARRED,
  STOPPED,
  SUMMARISED,
} from './scene-arrays.ts';

/** What a card is marked with. */
export interface Badges {
  /** The chosen reply's model, where there are replies by several. */
  readonly model?: string;
  readonly star?: true;
  readonly label?: string;
  readonly colour?: Mark['colour'];
  /** How the chosen reply ended, unless it is whole. */
  readonly broken?: 'stopped' | 'failed' | 'interrupted';
  /** A system prompt begins here. */
  readonly instructed?: true;
  /** A summary follows: how many messages it stands for, and its words. */
  readonly summary?: { readonly messages: number; readonly words: number };
  /** How the files of an agent's branch differ from its fork point, after the chosen reply. */
  readonly since?: ChangedLines;
  /** Said since this reader looked. */
  readonly fresh?: true;
}

/** The bits of a card, but for marks (`addMarks`). */
export function flagsOf(scene: SceneArrays, card: Card): number {
  const { turns, path, looked = Number.POSITIVE_INFINITY } = scene;
  let bits = path.has(card.id) ? ON_PATH : 0;
  if (card.sum) {
    if (card.sum.live > 0) bits |= LIVE;
    if (card.sum.time > looked) bits |= FRESH;
  } else {
    // All but the last of a run go on in one way.
    if (countedOf(turns.tree, card.last.children).length > 1) bits |= FORK;
    bits |= turnFlags(scene, card.last);
    for (const id of card.turns)
      if (id !== card.last.id) bits |= turnFlags(scene, turns.byId.get(id) as Turn);
  }
  if (inAsides(turns.tree).has(card.id)) bits |= ASIDE;
  // What somebody reads is not faded.
  if ((bits & ON_PATH) === 0 && shownThoughPruned(turns.tree).has(card.id)) bits |= FADED;
  return bits;
}

function turnFlags(scene: SceneArrays, { live, broken, stopped, answered, replies }: Turn): number {
  const { looked = Number.POSITIVE_INFINITY } = scene;
  let bits = live > 0 ? LIVE : 0;
  if (broken) bits |= BROKEN;
  if (stopped) bits |= STOPPED;
  if (answered > looked && replies.some((id) => isFresh(scene, looked, id))) bits |= FRESH;
  return bits;
}

function isFresh({ turns, path }: SceneArrays, looked: number, reply: string): boolean {
  const message = turns.tree.messages.get(reply);
  return message !== undefined && (message.finish?.at ?? message.time) > looked && !path.has(reply);
}

/** Stars, labels, colours and summaries; a colour goes down the branch, until another begins. */
export function addMarks(scene: SceneArrays): void {
  const { turns, flags, colour, parent, count } = scene;
  const own = new Map<number, number>();
  for (const id of summarised(turns.tree).keys()) {
    const index = indexOfMessage(scene, id);
    if (index !== undefined) flags[index] = (flags[index] as number) | SUMMARISED;
  }
  for (const id of turns.tree.marks.keys()) {
    const index = indexOfMessage(scene, id);
    if (index === undefined) continue;
    const mark = markOf(turns.tree, id);
    if (mark.star) flags[index] = (flags[index] as number) | STARRED;
    if (mark.label) flags[index] = (flags[index] as number) | LABELLED;
    if (mark.colour) own.set(index, COLOURS.indexOf(mark.colour) + 1);
  }
  if (own.size === 0) return;
  for (let index = 1; index < count; index += 1) {
    colour[index] = own.get(index) ?? (colour[parent[index] as number] as number);
  }
}

/** It broke off: not what ended well, nor in a way that only a later version knows. */
export function isBroken(reason: EndReason): reason is NonNullable<Badges['broken']> {
  return BROKEN_ENDS.has(reason);
}

const BROKEN_ENDS: ReadonlySet<EndReason> = new Set(['stopped', 'failed', 'interrupted']);

/** Of a card that is near: its messages, its bits, the reply it shows. */
export function badgesOf(
  tree: Tree,
  messages: readonly string[],
  flags: number,
  reply: MessageHeader | undefined,
): Badges {
  const marks = tree.marks.size === 0 ? [] : messages.map((id) => markOf(tree, id));
  const label = marks.find((mark) => mark.label)?.label;
  const colour = marks.find((mark) => mark.colour)?.colour;
  const reason = reply?.finish?.reason;
  return {
    ...(reply?.author.kind === 'model' && hasSeveralModels(tree) && { model: reply.author.name }),
    ...(marks.some(({ star }) => star) && { star: true as const }),
    ...(label && { label }),
    ...(colour && { colour }),
    ...(reason && isBroken(reason) && { broken: reason }),
    ...(isInstructed(tree, messages[0]) && { instructed: true as const }),
    ...((flags & SUMMARISED) !== 0 && summaryAfterAny(tree, messages)),
    ...(reply?.since && { since: reply.since }),
    ...((flags & FRESH) !== 0 && { fresh: true as const }),
  };
}

function summaryAfterAny(tree: Tree, messages: readonly string[]): Pick<Badges, 'summary'> {
  const after = summarised(tree);
  const id = messages.map((message) => after.get(message)).findLast((one) => one !== undefined);
  if (id === undefined) return {};
  const words = tree.messages.get(id)?.summary?.words ?? 0;
  return { summary: { messages: countCovered(tree, id), words } };
}

function isInstructed(tree: Tree, first: string | undefined): boolean {
  const parent = first === undefined ? null : (tree.messages.get(first)?.parent ?? null);
  return parent !== null && tree.messages.get(parent)?.role === 'system';
}
