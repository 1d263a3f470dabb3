/** Steps as actions make them: done, said with "Undo", and remembered. Undoing is loaded when it is asked for. */
import type { Actions, MarkInput } from '../../../client/types.ts';
import { markOf } from '../../../tree/index.ts';
import { announce } from '../../stores/announce.ts';
import { currentPage, type OpenPage } from '../../stores/page.ts';
import { lookAway } from '../../stores/rewound.ts';
import { type ToastAction, toast, toastFailure } from '../../stores/toasts.ts';
import {
  type MarkValues,
  namedChat,
  nextMoment,
  noticeOf,
  remember,
  type Side,
  type Step,
} from '../../stores/undo.ts';
import * as strings from '../strings/anywhere.ts';

/** Remembers what was done and offers to undo it. */
export function offerStep(
  client: Actions,
  step: Omit<Step, 'id' | 'at'>,
  { seen = false, also, note, at }: OfferOptions = {},
): void {
  const made = remember(step, at);
  if (seen) return announce(made.did);
  const run = () => void turnBack({ client, page: currentPage() }, 'done', made.id);
  const text = note === undefined ? made.did : `${made.did} ${note}`;
  // What was done to a chat as a whole says to which.
  const chat = made.marks && namedChat(made.conversation, client.known(made.conversation).header);
  noticeOf(made, toast(text, { action: { name: strings.undo, run }, also, chat }));
}

interface OfferOptions {
  /** It is seen where it was done: it has no notice and is only read out. Default: false. */
  readonly seen?: boolean;
  /** What else is said with it, once. */
  readonly note?: string | undefined;
  /** When it was begun (`nextMoment`). Default: now. */
  readonly at?: number | undefined;
  /** What can be done beside undoing it. */
  readonly also?: ToastAction | undefined;
}

interface Where {
  readonly client: Actions;
  readonly page: OpenPage | undefined;
}

/** What is being undone or done again: resolves once all of it is done. */
let turning: Promise<void> = Promise.resolve();

/**
 * Undoes the latest step of side `done`, does that of `undone` again; `id`: that one. Failures are said. One after the other: a key that is
 * pressed twice takes back two steps.
 */
export function turnBack(where: Where, side: Side, id?: string): Promise<void> {
  lookAway();
  turning = turning.then(() => turnNext(where, side, id));
  return turning;
}

async function turnNext({ client, page }: Where, side: Side, id: string | undefined): Promise<void> {
  try {
    const { lastTurnIsShown, turn } = await import('./undoing.ts');
    await lastTurnIsShown();
    const now = currentPage();
    // As it is by now, where it is still the one in which the key was pressed.
    const where = { client, page: now && now.view.id === page?.view.id ? now : page };
    await turn(where, side, { id, again: (other, step) => void turnBack(where, other, step) });
  } catch (error) {
    toastFailure(error);
  }
}

/** Marks messages of the page, says so, and offers to undo it. Rejects as `Actions.mark` does, with nothing remembered. */
export async function markWithUndo(
  { client, view }: Pick<OpenPage, 'client' | 'view'>,
  marks: readonly MarkInput[],
  did: string,
  { moved, also }: MarkOptions = {},
): Promise<void> {
  lookAway();
  const tree = view.tree.whole ?? view.tree;
  const changes = marks.map(({ message, ...after }) => {
    const { colour = 'none', ...mark } = markOf(tree, message);
    const fields = Object.keys(after) as (keyof MarkValues)[];
    const before = Object.fromEntries(fields.map((field) => [field, { ...mark, colour }[field]]));
    return { message, before, after };
  });
  const at = nextMoment();
  await client.mark(view.id, marks);
  const step = { conversation: view.id, did, marks: changes, ...(moved && { view: moved }) };
  const seen = marks.every(({ pruned, kept }) => pruned === undefined && kept === undefined);
  offerStep(client, step, { seen, also, at });
}

interface MarkOptions extends Pick<OfferOptions, 'also'> {
  /** Where the view went with it. */
  readonly moved?: Step['view'] | undefined;
}
