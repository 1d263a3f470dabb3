/** Where a system prompt is set, which one holds there, and what stays behind on the other branch. Pure (tree rule 2, decision 0084). */
import type { ConversationView, PathEntry } from '../../../client/types.ts';
import { MESSAGE_LIMIT } from '../../../protocol/index.ts';
import { childrenOf, type MessageHeader, parentOf, pathTo, type Tree } from '../../../tree/index.ts';
import { tooLongText } from '../../components/amount-text.ts';
import * as strings from './strings.ts';

export interface PromptPlace {
  /** The new prompt follows this message; null: it begins the conversation. */
  readonly after: string | null;
  /** The prompt in force there; undefined: none was set, or it was taken away. */
  readonly inForce?: MessageHeader;
  /** The message of a person in whose place it goes, to be said again. */
  readonly instead?: MessageHeader;
  /** How many messages of the path do not follow it, but the prompt or message in its place. */
  readonly later: number;
  /** Something was said after `after` already: the prompt begins a branch. */
  readonly branch: boolean;
}

type PromptView = Pick<ConversationView, 'tree' | 'path' | 'tip'>;

/** `from`: the message it is set from: after a reply, in the place of anything else. Undefined: the end of the path. */
export function promptPlace({ tree, path, tip }: PromptView, from?: string): PromptPlace {
  const header = from === undefined ? undefined : tree.messages.get(from);
  const stays = from !== undefined && header?.role !== 'assistant';
  const above = from === undefined ? tip : stays ? (parentOf(tree, from) ?? null) : from;
  const after = pastPrompts(tree, above);
  const inForce = promptAt(tree, from ?? tip);
  const place = { after, ...(inForce && { inForce }), ...(header?.role === 'user' && { instead: header }) };
  const at = after === null ? -1 : path.findIndex(({ key }) => key === after);
  const onPath = after === null || at >= 0;
  const said = ({ key }: PathEntry) => tree.messages.has(key) && !isPrompt(tree, key);
  const later = onPath ? path.slice(at + 1).filter(said).length : 0;
  return { ...place, later, branch: onPath ? later > 0 : childrenOf(tree, after).length > 0 };
}

/** Up past the prompts that end in `id`: nothing was said under them here, so another takes their place. */
function pastPrompts(tree: Tree, id: string | null): string | null {
  const chain = id === null ? [] : pathTo(tree, id);
  return chain.findLast((one) => !isPrompt(tree, one)) ?? null;
}

function promptAt(tree: Tree, id: string | null): MessageHeader | undefined {
  const found = (id === null ? [] : pathTo(tree, id)).findLast((one) => isPrompt(tree, one));
  const header = found === undefined ? undefined : tree.messages.get(found);
  return header?.preview === '' ? undefined : header;
}

function isPrompt(tree: Tree, id: string): boolean {
  return tree.messages.get(id)?.role === 'system';
}

/** Where it holds, said before it is saved. `words` gives a message's first words. */
export function sentenceFor(place: PromptPlace | undefined, words: (message: string) => string): string {
  if (!place) return strings.wholeChat;
  const { after, instead, later, branch } = place;
  if (!branch) return strings.fromNextMessage;
  const where = instead ? strings.insteadOf(words(instead.id)) : spotOf(after, words);
  return strings.onNewBranch({ where, kept: later, again: instead !== undefined });
}

function spotOf(after: string | null, words: (message: string) => string): string {
  return after === null ? strings.fromBeginning : strings.after(words(after));
}

/** Why a text cannot be set; undefined if it can. Empty takes a prompt away. */
export function objectionTo(text: string, before: string): string | undefined {
  const over = text.length - MESSAGE_LIMIT;
  if (over > 0) return tooLongText(over);
  if (text !== before.trimEnd()) return undefined;
  return text === '' ? strings.nothingToSave : strings.unchanged;
}
