/**
 * An import as the dialog shows it: a pure machine, fed by what the server says and what the person does. A line costs the same however
 * many came before it: what comes is piled up, and listed once all of it is there.
 */
import type { ImportLine, ImportPreview } from '../../../protocol/requests/transfer.ts';

interface Brought {
  readonly conversations: number;
  /** To open at the end. */
  readonly first?: { readonly id: string; readonly title: string };
  /** Messages. */
  readonly added: number;
  /** Conversations some of which was here before. */
  readonly known: number;
  readonly missing: number;
}

export type ImportState =
  | { readonly kind: 'choosing'; readonly problem?: string }
  /** `part`: of the whole, from 0 to 1. */
  | { readonly kind: 'uploading'; readonly name: string; readonly part: number }
  | {
      readonly kind: 'looking';
      readonly name: string;
      readonly id: string;
      readonly part: number;
      readonly found: Pile<ImportPreview>;
      readonly unreadable: Pile<string>;
    }
  | (Looked & { readonly kind: 'chosen' })
  | (Looked & {
      readonly kind: 'bringing';
      readonly part: number;
      readonly brought: Brought;
      readonly failed: Pile<string>;
    })
  | (Looked & {
      readonly kind: 'done';
      readonly brought: Brought;
      readonly failed: readonly string[];
      readonly stopped: boolean;
    });

/** What has come, the last on top; undefined: nothing. */
type Pile<T> = { readonly top: T; readonly below: Pile<T> } | undefined;

function listOf<T>(pile: Pile<T>): readonly T[] {
  const list: T[] = [];
  for (let at = pile; at; at = at.below) list.push(at.top);
  return list.reverse();
}

interface Looked {
  readonly name: string;
  /** Of the upload. */
  readonly id: string;
  readonly found: readonly ImportPreview[];
  readonly unreadable: readonly string[];
  /** Ids of what is wanted. */
  readonly wanted: ReadonlySet<string>;
}

export type ImportEvent =
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'sent'; readonly part: number }
  | { readonly kind: 'stored'; readonly id: string }
  | { readonly kind: 'line'; readonly line: ImportLine }
  | { readonly kind: 'want'; readonly ids: readonly string[]; readonly on: boolean }
  | { readonly kind: 'run' }
  /** What was begun was given up by the person, or failed with a sentence. */
  | { readonly kind: 'given-up'; readonly problem?: string };

export const BEGIN: ImportState = { kind: 'choosing' };
const NOTHING: Brought = { conversations: 0, added: 0, known: 0, missing: 0 };

/** What makes no sense in a state changes nothing. */
export function nextImport(state: ImportState, event: ImportEvent): ImportState {
  switch (event.kind) {
    case 'file':
      return { kind: 'uploading', name: event.name, part: 0 };
    case 'sent':
      return state.kind === 'uploading' ? { ...state, part: event.part } : state;
    case 'stored':
      if (state.kind !== 'uploading') return state;
      return {
        kind: 'looking',
        name: state.name,
        id: event.id,
        part: 0,
        found: undefined,
        unreadable: undefined,
      };
    case 'line':
      return afterLine(state, event.line);
    case 'want':
      if (state.kind !== 'chosen') return state;
      return { ...state, wanted: changed(state.wanted, event.ids, event.on) };
    case 'run':
      return state.kind === 'chosen' && state.wanted.size > 0
        ? { ...state, kind: 'bringing', part: 0, brought: NOTHING, failed: undefined }
        : state;
    case 'given-up':
      return givenUp(state, event.problem);
  }
}

function afterLine(state: ImportState, line: ImportLine): ImportState {
  if (state.kind === 'looking') {
    switch (line.kind) {
      case 'progress':
        return { ...state, part: partOf(line) };
      case 'conversation':
        return { ...state, found: { top: line, below: state.found } };
      case 'unreadable':
        return { ...state, unreadable: { top: line.sentence, below: state.unreadable } };
      case 'stopped':
        return { kind: 'choosing', problem: line.sentence };
      case 'end': {
        const { name, id } = state;
        const found = listOf(state.found);
        const wanted = new Set(found.map((one) => one.id));
        return { kind: 'chosen', name, id, found, unreadable: listOf(state.unreadable), wanted };
      }
      default:
        return state;
    }
  }
  if (state.kind !== 'bringing') return state;
  switch (line.kind) {
    case 'progress':
      return { ...state, part: partOf(line) };
    case 'brought':
      return { ...state, brought: withOne(state.brought, line) };
    case 'failed':
      return { ...state, failed: { top: `${line.title}: ${line.sentence}`, below: state.failed } };
    case 'end':
      return finished(state, false);
    case 'stopped':
      return finished(state, true, line.sentence);
    default:
      return state;
  }
}

function givenUp(state: ImportState, problem: string | undefined): ImportState {
  if (state.kind === 'bringing') return finished(state, true, problem);
  return { kind: 'choosing', ...(problem !== undefined && { problem }) };
}

function finished(
  { part: _, ...state }: Extract<ImportState, { kind: 'bringing' }>,
  stopped: boolean,
  problem?: string,
): ImportState {
  const failed = listOf(state.failed);
  return {
    ...state,
    kind: 'done',
    stopped,
    failed: problem === undefined ? failed : [...failed, problem],
  };
}

const partOf = ({ done, total }: { readonly done: number; readonly total: number }): number =>
  total === 0 ? 1 : done / total;

const withOne = (
  before: Brought,
  { id, title, added, known, missing }: Extract<ImportLine, { kind: 'brought' }>,
): Brought => ({
  conversations: before.conversations + 1,
  first: before.first ?? { id, title },
  added: before.added + added,
  known: before.known + (known > 0 ? 1 : 0),
  missing: before.missing + missing,
});

function changed(set: ReadonlySet<string>, ids: readonly string[], on: boolean): ReadonlySet<string> {
  const next = new Set(set);
  for (const id of ids) {
    if (on) next.add(id);
    else next.delete(id);
  }
  return next;
}

/** All of it in numbers; `odd`: what is odd, by how often. */
export function totalOf(found: readonly ImportPreview[]) {
  const odd = new Map<string, number>();
  let [messages, branched, files] = [0, 0, 0];
  for (const one of found) {
    messages += one.messages;
    files += one.files;
    if (one.branches > 1) branched += 1;
    for (const { what, times } of one.odd) odd.set(what, (odd.get(what) ?? 0) + times);
  }
  return {
    ...{ conversations: found.length, messages, branched, files },
    odd: [...odd].toSorted(([, a], [, b]) => b - a),
  };
}
