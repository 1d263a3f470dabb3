/** Takes steps back and does them again. What was changed otherwise in the meantime stays as it is, and that is said. */
import { ServerError } from '../../../client/kit/errors.ts';
import type { Actions, MarkInput } from '../../../client/types.ts';
import type { Conversation } from '../../../protocol/index.ts';
import { markOf, type Tree } from '../../../tree/index.ts';
import type { OpenPage } from '../../stores/page.ts';
import { currentRoute, navigate } from '../../stores/route.ts';
import { toast } from '../../stores/toasts.ts';
import {
  type HeaderValues,
  latestStep,
  type MarkValues,
  moveStep,
  namedChat,
  type Side,
  type Step,
  undoOfTab,
} from '../../stores/undo.ts';
import { draftOf } from '../../stores/writing/drafts.ts';
import * as strings from '../strings/undoing.ts';
import { arrangeInParts } from './arrange-in-parts.ts';

interface Where {
  readonly client: Actions;
  readonly page: OpenPage | undefined;
}

interface TurnOptions {
  readonly id: string | undefined;
  /** Turns the step once more, the other way. */
  readonly again: (side: Side, step: string) => void;
}

/** What is left to be done of a step, and how much was changed otherwise. */
interface Turning {
  readonly marks: readonly MarkInput[];
  readonly header: HeaderValues | undefined;
  readonly many: NonNullable<Step['many']>;
  readonly changed: number;
}

/**
 * Undoes a step of side `done`, does one of `undone` again: the one with this id, else the latest that concerns the page or the list.
 * Says what came of it. Rejects with a sentence, the step staying where it was; one that the server will never take back is forgotten, so
 * that it stands in the way of none before it.
 */
export async function turn({ page, client }: Where, side: Side, { id, again }: TurnOptions): Promise<void> {
  const step = latestStep(side, page?.view.id, id);
  if (side === 'done' && id === undefined && undoOfTab(step?.at, page?.view.id)) return;
  if (!step) {
    if (id === undefined) toast(side === 'done' ? strings.nothingToUndo : strings.nothingToRedo);
    return;
  }
  const to = side === 'done' ? 'before' : 'after';
  const here = page?.view.id === step.conversation ? page : undefined;
  const left = leftOf(step, to, nowOf(client, step.conversation, here));
  if (left.marks.length + left.many.length === 0 && !left.header && !step.folder) {
    moveStep(step, side === 'done' ? 'undone' : 'done');
    toast(side === 'done' ? strings.nothingLeft(step.did) : strings.nothingLeftToRedo(step.did));
    return;
  }
  try {
    await apply(client, step, left, to, here);
    lastTurn = () => untilShown(client, step, to);
  } catch (error) {
    if (!isForGood(error)) throw error;
    moveStep(step);
    const says = side === 'done' ? strings.cannotBeUndone : strings.cannotBeRedone;
    toast(says(step.did, error.message));
    return;
  }
  moveStep(step, side === 'done' ? 'undone' : 'done');
  const said = side === 'done' ? strings.undone(step.did) : strings.redone(step.did);
  const rest = left.changed > 0 ? ` ${strings.changedSince}` : '';
  const other: Side = side === 'done' ? 'undone' : 'done';
  const action = {
    name: side === 'done' ? strings.redo : strings.undo,
    run: () => again(other, step.id),
  };
  const chat = step.marks && namedChat(step.conversation, client.known(step.conversation).header);
  toast(said + rest, { action, chat });
}

/** Longest that the next step waits until the page shows what the last one did, in ms: marks come by the live connection. */
const SHOWN_WITHIN = 1000;
const LOOK_EACH = 20;
let lastTurn = async (): Promise<void> => {};

/** Resolves once this page shows what was turned last: else the next step takes that for changed by somebody else. */
export async function lastTurnIsShown(): Promise<void> {
  const last = lastTurn;
  lastTurn = async () => {};
  await last();
}

async function untilShown(client: Actions, { conversation, marks = [] }: Step, to: 'before' | 'after') {
  const isShown = () => {
    const { tree } = client.known(conversation);
    return !tree || marks.every((mark) => isMarkStill(tree, mark.message, mark[to]));
  };
  for (let waited = 0; waited < SHOWN_WITHIN && !isShown(); waited += LOOK_EACH)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EACH));
}

const FOR_GOOD: ReadonlySet<number> = new Set([404, 409, 410, 422]);

/** The server would say the same again: it is gone, or fixed by somebody else. */
function isForGood(error: unknown): error is Error {
  return error instanceof Error && error.cause instanceof ServerError && FOR_GOOD.has(error.cause.status);
}

interface NowKnown {
  readonly header: Conversation | undefined;
  readonly tree: Tree | undefined;
  readonly headerOf: (conversation: string) => Conversation | undefined;
}

function nowOf(client: Actions, conversation: string, here: OpenPage | undefined): NowKnown {
  const { header, tree } = client.known(conversation);
  const shown = here && (here.view.tree.whole ?? here.view.tree);
  const headerOf = (id: string) => client.known(id).header;
  return { header: header ?? here?.view.header, tree: tree ?? shown, headerOf };
}

/** Of each value only where it still is what the step left. Where this page knows nothing of it, all is done. */
function leftOf(step: Step, to: 'before' | 'after', { header: now, tree, headerOf }: NowKnown): Turning {
  const from = to === 'before' ? 'after' : 'before';
  let changed = 0;
  const marks = (step.marks ?? []).flatMap((mark): MarkInput[] => {
    const fields = (Object.keys(mark[to]) as (keyof MarkValues)[]).filter(
      (field) => !tree || isStill(tree, mark.message, field, mark[from][field]),
    );
    if (fields.length < Object.keys(mark[to]).length) changed += 1;
    if (fields.length === 0) return [];
    return [
      { message: mark.message, ...Object.fromEntries(fields.map((field) => [field, mark[to][field]])) },
    ];
  });
  const header = step.header && isHeaderStill(step.header[from], now) ? step.header[to] : undefined;
  const many = (step.many ?? []).flatMap((group) => {
    const conversations = group.conversations.filter((id) => isHeaderStill(group[from], headerOf(id)));
    changed += group.conversations.length - conversations.length;
    return conversations.length > 0 ? [{ ...group, conversations }] : [];
  });
  return { marks, header, many, changed: changed + (step.header && !header ? 1 : 0) };
}

function isMarkStill(tree: Tree, message: string, values: MarkValues): boolean {
  return (Object.keys(values) as (keyof MarkValues)[]).every((field) =>
    isStill(tree, message, field, values[field]),
  );
}

function isStill(tree: Tree, message: string, field: keyof MarkValues, value: unknown): boolean {
  if (!tree.messages.has(message) && !tree.generations.has(message)) return false;
  const { colour = 'none', ...mark } = markOf(tree, message);
  return { ...mark, colour }[field] === value;
}

function isHeaderStill(
  { archived, deleted, pinned, filed, title }: HeaderValues,
  now: Conversation | undefined,
): boolean {
  if (!now) return true;
  if (now.deleted !== (deleted ?? false)) return false;
  if (archived !== undefined && now.archived !== archived) return false;
  if (pinned !== undefined && (now.pinned ?? false) !== pinned) return false;
  if (filed !== undefined && (now.filed ?? null) !== filed) return false;
  return title === undefined || now.title.text === title;
}

/** The reader is where the step left him: not elsewhere since, nothing said there, nothing being written for there. */
function stayedPut({ view: { id, path, tree } }: OpenPage, { at, view }: Step): boolean {
  const last = path[path.length - 1]?.key;
  const after = view?.after ?? null;
  const wasThere = last === undefined || (tree.messages.get(last)?.time ?? Number.POSITIVE_INFINITY) <= at;
  return draftOf(id) === '' && wasThere && (after === null || path.some(({ key }) => key === after));
}

async function apply(
  client: Actions,
  step: Step,
  { marks, header, many }: Turning,
  to: 'before' | 'after',
  page: OpenPage | undefined,
): Promise<void> {
  const { conversation, view, folder } = step;
  await applyToMany(client, many, to);
  if (folder) await client.chatFolder({ folder: folder.id, ...folder[to] });
  if (marks.length > 0) {
    if (to === 'after' && view) page?.withdraw(view.after);
    await client.mark(conversation, marks);
    if (to === 'before' && view && page && stayedPut(page, step)) page.goTo(view.before);
  }
  if (header?.title !== undefined) await client.rename(conversation, header.title);
  if (header?.archived !== undefined) await client[header.archived ? 'archive' : 'restore'](conversation);
  if (header?.pinned !== undefined || header?.filed !== undefined) {
    const { pinned, filed } = header;
    const fields = { ...(pinned !== undefined && { pinned }), ...(filed !== undefined && { filed }) };
    refusedAll(await client.arrange({ conversations: [conversation], ...fields }), 1);
  }
  if (header?.deleted === true) {
    await client.remove(conversation);
    if (page) navigate({ kind: 'new' });
  } else if (header?.deleted === false) {
    await client.undoRemove(conversation);
    if (currentRoute().kind === 'new') navigate({ kind: 'conversation', id: conversation });
  }
}

/** Of those that cannot be any more the others are done. */
async function applyToMany(client: Actions, many: Turning['many'], to: 'before' | 'after'): Promise<void> {
  for (const group of many) {
    const { title: _title, ...fields } = group[to];
    refusedAll(await arrangeInParts(client, group.conversations, fields), group.conversations.length);
  }
}

/** Where nothing could be done, the first reason is why. */
function refusedAll({ refused }: Pick<Awaited<ReturnType<Actions['arrange']>>, 'refused'>, of: number): void {
  const [first] = refused;
  if (first && refused.length === of) throw new Error(first.sentence);
}
