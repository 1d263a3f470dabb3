/**
 * What can be taken back and done again (decision 0151): steps as data, which outlive the tab and are shared by all of them, and what only
 * this tab can take back, as functions that go with it. The latest of both is the first to be undone.
 */
import type { Conversation } from '../../protocol/index.ts';
import type { MarkPatch } from '../../tree/index.ts';
import { load, save } from './browser/browser-storage.ts';
import { currentPage } from './page.ts';
import * as strings from './strings.ts';
import { dismissToast, type NamedChat, toast } from './toasts.ts';

export type MarkValues = Omit<MarkPatch, 'id' | 'at'>;

export interface HeaderValues {
  readonly archived?: boolean;
  readonly deleted?: boolean;
  readonly title?: string;
  readonly pinned?: boolean;
  /** The folder of conversations it is in; null: none. */
  readonly filed?: string | null;
}

/** What is new of a folder of conversations. */
export interface ChatFolderValues {
  readonly name?: string;
  readonly removed?: boolean;
}

/** What was done, as it was before and is since. */
interface Turned<T> {
  readonly before: T;
  readonly after: T;
}

/** Something a person did to a conversation, with what was before and after. */
export interface Step {
  readonly id: string;
  /** ms since the epoch; of two in one ms the later has more. */
  readonly at: number;
  readonly conversation: string;
  /** What was done, in words: "Pruned “Budget”". */
  readonly did: string;
  readonly marks?: readonly {
    readonly message: string;
    readonly before: MarkValues;
    readonly after: MarkValues;
  }[];
  /** Of the conversation itself: it can be undone from anywhere. */
  readonly header?: Turned<HeaderValues>;
  /** Of many conversations, those together that were the same before; `conversation` is empty then, as with `folder`. */
  readonly many?: readonly (Turned<HeaderValues> & { readonly conversations: readonly string[] })[];
  readonly folder?: Turned<ChatFolderValues> & { readonly id: string };
  /** The end of the path that was left, and where the path ends since (null: wherever it was). */
  readonly view?: { readonly before: string; readonly after: string | null };
}

export type Side = 'done' | 'undone';
type Steps = Readonly<Record<Side, readonly Step[]>>;

interface Undoable {
  readonly conversation: string | undefined;
  readonly at: number;
  readonly did: string;
  readonly toast: number;
  readonly undo: () => void;
}

/** Of one conversation, and of all together in characters as they are stored. */
const MOST = 50;
const MOST_STORED = 200_000;
const KEY = 'undo';

let ofTab: readonly Undoable[] = [];
let last = 0;
const toasts = new Map<string, number>();
/** Where the browser stores nothing, steps last as long as the tab. */
let unstored: Steps | undefined;

/** The moment something is begun, in ms since the epoch, later than all that was begun before. */
export function nextMoment(): number {
  last = Math.max(Date.now(), last + 1);
  return last;
}

function read(): Steps {
  if (unstored) return unstored;
  const stored = load(KEY) as Partial<Steps> | undefined;
  const listOf = (steps: unknown) =>
    Array.isArray(steps) ? (steps as Step[]).filter((step) => step?.id) : [];
  return { done: listOf(stored?.done), undone: listOf(stored?.undone) };
}

function write(steps: Steps): void {
  let { done, undone } = { done: bounded(steps.done), undone: bounded(steps.undone) };
  while (done.length > 1 && JSON.stringify([done, undone]).length > MOST_STORED) {
    done = done.slice(1);
    undone = undone.slice(1);
  }
  const isStored = save(KEY, done.length + undone.length > 0 ? { done, undone } : undefined);
  unstored = isStored ? undefined : { done, undone };
}

function bounded(steps: readonly Step[]): readonly Step[] {
  const counts = new Map<string, number>();
  const kept = [...steps].reverse().filter(({ conversation }) => {
    const count = (counts.get(conversation) ?? 0) + 1;
    counts.set(conversation, count);
    return count <= MOST;
  });
  return kept.reverse();
}

/**
 * Remembers what was done, behind what was begun before it: an answer may come after that of what was done next. `at`: when it was begun
 * (`nextMoment`); default: now. What was undone before in its conversation cannot be done again.
 */
export function remember(step: Omit<Step, 'id' | 'at'>, at = nextMoment()): Step {
  const made: Step = { ...step, id: `${at}-${Math.random().toString(36).slice(2, 8)}`, at };
  const { done, undone } = read();
  write({
    done: done.toSpliced(done.findLastIndex((other) => other.at <= at) + 1, 0, made),
    undone: undone.filter(({ conversation }) => conversation !== step.conversation),
  });
  return made;
}

/** The notice that offers to undo a step goes when it is undone otherwise. */
export function noticeOf(step: Step, notice: number): void {
  toasts.set(step.id, notice);
}

/** The latest step of a side that concerns this conversation or the list; with `id` that one, if it still is there. */
export function latestStep(side: Side, conversation: string | undefined, id?: string): Step | undefined {
  const among = read()[side].filter((step) =>
    id === undefined ? isOfList(step) || step.conversation === conversation : step.id === id,
  );
  // What was undone last is done again first, and stands last.
  return among.at(-1);
}

const isOfList = ({ header, many, folder }: Step): boolean => (header ?? many ?? folder) !== undefined;

/** The step was undone, or done again; without a side it is forgotten. */
export function moveStep(step: Step, to?: Side): void {
  const steps = read();
  const left = (side: Side) => steps[side].filter(({ id }) => id !== step.id);
  const moved = { done: left('done'), undone: left('undone') };
  write(to ? { ...moved, [to]: [...moved[to], step] } : moved);
  const notice = toasts.get(step.id);
  if (notice !== undefined) dismissToast(notice);
  toasts.delete(step.id);
}

/** Another will use this browser, or has signed in: what was done is theirs to neither read nor take back. */
export function forgetSteps(): void {
  write({ done: [], undone: [] });
  for (const notice of [...toasts.values(), ...ofTab.map(({ toast }) => toast)]) dismissToast(notice);
  toasts.clear();
  ofTab = [];
}

/** A chat as a notice names it, where it is the one on the page. */
function chatOnPage(id: string | undefined): NamedChat | undefined {
  const view = currentPage()?.view;
  return id !== undefined && view?.id === id ? namedChat(id, view.header) : undefined;
}

/** In UTF-16 code units, of a title beside other words. */
const SHORT_TITLE = 40;

export function namedChat(id: string, header: Conversation | undefined): NamedChat {
  const { text = '' } = header?.title ?? {};
  const cut = text.slice(0, SHORT_TITLE).replace(/[\uD800-\uDBFF]$/, '');
  return { id, title: text.length > SHORT_TITLE ? `${cut.trimEnd()}…` : text };
}

/**
 * Says what was done and offers "Undo", for as long as this tab lives. `conversation`: where it was done; from the page of another only the
 * notice undoes it. Default: nowhere in particular.
 */
export function offerUndo(text: string, undo: () => void, conversation?: string): void {
  const action = { name: strings.undo, run: () => run(entry) };
  const notice = toast(text, { action, chat: chatOnPage(conversation) });
  const entry: Undoable = { conversation, at: nextMoment(), did: text, undo, toast: notice };
  ofTab = [...ofTab, entry].slice(-MOST);
}

/** What would be undone next, in words; undefined: nothing. */
export function nextUndo(conversation: string | undefined): string | undefined {
  const [step, entry] = [latestStep('done', conversation), latestOfTab(conversation)];
  return entry && entry.at >= (step?.at ?? 0) ? entry.did : step?.did;
}

/** What would be done again next, in words; undefined: nothing. */
export const nextRedo = (conversation: string | undefined): string | undefined =>
  latestStep('undone', conversation)?.did;

const latestOfTab = (conversation: string | undefined): Undoable | undefined =>
  ofTab.findLast((entry) => entry.conversation === undefined || entry.conversation === conversation);

/** Takes back what only this tab can, if it was done after `after`, on the page of a conversation. False when there is nothing. */
export function undoOfTab(after = 0, conversation?: string): boolean {
  const entry = latestOfTab(conversation);
  if (!entry || entry.at < after) return false;
  run(entry);
  return true;
}

function run(entry: Undoable): void {
  if (!ofTab.includes(entry)) return;
  ofTab = ofTab.filter((other) => other !== entry);
  dismissToast(entry.toast);
  entry.undo();
}
