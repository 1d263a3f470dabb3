/** Conversations arranged, said in one notice however many they are, and taken back in one step. */
import type { Actions } from '../../../client/types.ts';
import type { Conversation } from '../../../protocol/index.ts';
import { currentRoute, navigate } from '../../stores/route.ts';
import { type HeaderValues, nextMoment, type Step } from '../../stores/undo.ts';
import { titleOf } from '../strings/conversations.ts';
import * as strings from '../strings/filing.ts';
import {
  type ArrangeAnswer,
  type Arranged,
  type ArrangeOptions,
  arrangeInParts,
} from '../undo/arrange-in-parts.ts';
import { offerStep } from '../undo/steps.ts';

/** What was done in words: of one by its title, of more by their number. */
export type Did = (title: string | undefined, count: number) => string;

/** Arranges those that are not so yet, says so with what was refused, and offers to undo it. Rejects where none could be. */
export async function arrangeWithUndo(
  client: Actions,
  headers: readonly Conversation[],
  after: Arranged,
  did: Did,
  options: ArrangeOptions = {},
): Promise<void> {
  const changing = headers.filter((header) => !isSo(header, after));
  if (changing.length === 0) return;
  const ids = changing.map(({ id }) => id);
  if (after.deleted && ids.includes(openConversation() ?? '')) navigate({ kind: 'new' });
  const at = nextMoment();
  const { refused, left, why } = await arrangeInParts(client, ids, after, options);
  const not = new Set([...refused.map(({ conversation }) => conversation), ...left]);
  const done = changing.filter(({ id }) => !not.has(id));
  const [first] = done;
  if (!first) throw new Error(refused[0]?.sentence ?? strings.stopped);
  const title = done.length === 1 ? titleOf(first) : undefined;
  const step = { did: did(title, done.length), ...changesOf(done, after) };
  offerStep(client, step, { note: noteOf(refused, left, why), at });
}

const openConversation = (): string | undefined => {
  const route = currentRoute();
  return route.kind === 'conversation' ? route.id : undefined;
};

function isSo(header: Conversation, after: Arranged): boolean {
  const now = valuesOf(header, after);
  return Object.entries(after).every(([field, value]) => now[field as keyof Arranged] === value);
}

/** What the fields of `after` are now. */
function valuesOf(header: Conversation, after: Arranged): HeaderValues {
  const { archived, deleted, pinned = false, filed = null } = header;
  const all = { archived, deleted, pinned, filed };
  return Object.fromEntries(Object.keys(after).map((field) => [field, all[field as keyof typeof all]]));
}

/** Those that were the same before stand together. */
function changesOf(
  headers: readonly Conversation[],
  after: Arranged,
): Pick<Step, 'conversation' | 'header' | 'many'> {
  const [only, another] = headers;
  if (only && !another) return { conversation: only.id, header: { before: valuesOf(only, after), after } };
  const groups = new Map<string, { readonly before: HeaderValues; readonly conversations: string[] }>();
  for (const header of headers) {
    const before = valuesOf(header, after);
    const key = JSON.stringify(before);
    const group = groups.get(key) ?? { before, conversations: [] };
    groups.set(key, group);
    group.conversations.push(header.id);
  }
  return { conversation: '', many: [...groups.values()].map((group) => ({ ...group, after })) };
}

function noteOf(
  refused: ArrangeAnswer['refused'],
  left: readonly string[],
  why: unknown,
): string | undefined {
  const [first] = refused;
  const sentences = [
    ...(first ? [strings.refused(refused.length, first.sentence)] : []),
    ...(left.length > 0
      ? [why instanceof Error ? strings.refused(left.length, why.message) : strings.stopped]
      : []),
  ];
  return sentences.length > 0 ? sentences.join(' ') : undefined;
}
