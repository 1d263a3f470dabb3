/** Parts of messages: what all the rest asks about a part. The answers of each kind are in its own file (docs/protocol.md, "Parts"). */
import type { PartKind, PartLog, TextOfFile } from './kind.ts';
import * as kinds from './kinds.ts';
import { type UnknownPart, unknownKind } from './unreadable.ts';

export { type CallPart, callState } from './call.ts';
export { changedIn, type DiffPart } from './diff.ts';
export { type FilePart, fenced, filePartSchema } from './file.ts';
export type { TextOfFile } from './kind.ts';
export type { NoticePart } from './notice.ts';
export type { PlanPart } from './plan.ts';
export { chosen, openQuestion, type QuestionPart } from './question.ts';
export {
  knownAuthor,
  QUOTES_LIMIT,
  type Quote,
  type QuotePart,
  quoteOf,
  quoteSchema,
  quotesOf,
} from './quote.ts';
export { type SessionPart, sessionOf } from './session.ts';
export { changedLinesSchema, type SnapshotPart, sinceFork } from './snapshot.ts';
export { type SummaryPart, summaryFields, summaryText, wordsIn } from './summary.ts';
export { tokensOf } from './tokens.ts';
export {
  isUnreadable,
  type UnknownPart,
  type UnreadablePart,
  unreadableMessage,
  unreadableName,
  unreadablePart,
} from './unreadable.ts';

type Kinds = typeof kinds;
type PartOf<Kind> = Kind extends PartKind<infer Part> ? Part : never;

/** A part of a kind this version knows. */
export type KnownPart = { [Name in keyof Kinds]: PartOf<Kinds[Name]> }[keyof Kinds];
export type Part = KnownPart | UnknownPart;

type AnyKind = Omit<PartKind<{ readonly kind: string }>, 'schema' | 'log'> & {
  readonly schema?: { safeParse(value: unknown): { readonly success: boolean } };
  readonly log?: PartLog<Part>;
};
const byName: ReadonlyMap<string, AnyKind> = new Map(
  Object.values(kinds).map((kind) => [kind.kind, kind as unknown as AnyKind]),
);

const kindOf = (part: Part): AnyKind => byName.get(part.kind) ?? (unknownKind as unknown as AnyKind);

/** Whether this version knows the part's kind. */
export const isKnown = (part: Part): part is KnownPart => byName.has(part.kind);

/** Whether a value is a part as its kind is here; null: it says no kind this version knows. */
export function fits(value: unknown): boolean | null {
  const kind = (value as { kind?: unknown } | null)?.kind;
  const known = typeof kind === 'string' ? byName.get(kind) : undefined;
  return known ? known.schema?.safeParse(value).success === true : null;
}

const takers: ReadonlyMap<string, AnyKind> = new Map(
  [...byName.values()].flatMap((kind) => (kind.log?.takes ?? []).map((of) => [of, kind] as const)),
);

/**
 * A part with the text of a delta appended, or the part that the delta begins. Undefined where the delta says nothing of this part
 * that could be kept in it.
 */
export function grownPart(part: Part | undefined, of: string, text: string): Part | undefined {
  const taker = takers.get(of);
  const own = taker?.log?.grow(part?.kind === taker.kind ? part : undefined, of, text);
  if (own || !part) return own;
  return withField(part, of, text);
}

/** Of a field this version does not know, the name is all that is needed. */
function withField(part: Part, field: string, text: string): Part | undefined {
  const before: unknown = Object.hasOwn(part, field) ? part[field as keyof Part] : '';
  if (typeof before !== 'string' || field === 'kind' || field === '__proto__') return undefined;
  const after = { ...part, [field]: before + text };
  return fits(after) === false ? undefined : after;
}

export const partSays = (part: Part): boolean => kindOf(part).says(part);

/** In a word or a few, for the outline and cards; empty: nothing. */
export const partPreview = (part: Part): string => kindOf(part).preview(part);

/** What copying and exporting take a part for; empty: nothing. */
export const partPlain = (part: Part): string => kindOf(part).plain(part);

/** What finding looks through; empty: nothing. */
export function partFound(part: Part): string {
  const { found, plain } = kindOf(part);
  return (found ?? plain)(part);
}

/** What a model reads of a part; empty: nothing. */
export const partForModel = (part: Part, textOfFile: TextOfFile = () => undefined): string =>
  kindOf(part).forModel(part, textOfFile);

/** Estimated tokens of a part in a context. */
export const partTokens = (part: Part): number => kindOf(part).tokens(part);
