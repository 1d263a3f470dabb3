/** One question to several branches, and several messages in one question. */
import { Combine, Split } from 'lucide-react';
import { pathTo, type Tree } from '../../../tree/index.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { currentPage, type OpenPage } from '../../stores/page.ts';
import { showThread } from '../../stores/panes.ts';
import * as strings from '../strings/several.ts';
import { offerStep } from '../undo/steps.ts';
import { canQuote, quotesOn } from './bringing.ts';
import { canFork } from './fork.ts';
import { type MessageAction, onMessages } from './on-message.ts';
import { endOf, turnOf } from './turn.ts';

/** Most messages that are brought together, or branches that are asked, at a time. */
const MOST_TOGETHER = 8;

/** One message at the end of each branch. */
export const askAll: MessageAction = {
  id: 'ask-all',
  name: strings.askAll,
  icon: Split,
  group: 'write',
  where: ['menu', 'selected'],
  writes: true,
  several: true,
  effect: ({ page, messages }) => strings.replies(tipsOf(page, messages).length),
  when: (on) => {
    const { page, messages } = on;
    if (messages.length < 2) return false;
    const tips = tipsOf(page, messages);
    if (tips.length < 2) return strings.oneBranch;
    if (tips.length > MOST_TOGETHER) return strings.tooMany(MOST_TOGETHER);
    return tips.map((message) => canFork({ ...on, message })).find((possible) => possible !== true) ?? true;
  },
  run: ({ messages }) => openDialog({ kind: 'ask-all', messages }),
};

/** A reply whose question quotes them all. */
export const bringTogether: MessageAction = {
  id: 'bring-together',
  name: strings.bringTogether,
  icon: Combine,
  group: 'write',
  where: ['menu', 'selected'],
  writes: true,
  several: true,
  effect: () => strings.newBranch,
  when: (on) => {
    const { length } = on.messages;
    if (length < 2) return false;
    return length > MOST_TOGETHER ? strings.tooManyMessages(MOST_TOGETHER) : canQuote(on);
  },
  run: ({ messages }) => openDialog({ kind: 'bring-together', messages }),
};

/** The ends of the branches that go through these messages, each once. */
export function tipsOf({ view }: OpenPage, messages: readonly string[]): readonly string[] {
  return [...new Set(messages.map((message) => endOf(view, message)))];
}

/** Says `text` at the end of each branch; one notice, and one undo for all. Throws where no model can be asked. */
export function sayToAll(page: OpenPage, messages: readonly string[], text: string): void {
  const { client, view, model } = page;
  if (!model) throw new Error(strings.noModel);
  const tips = tipsOf(page, messages);
  const said = tips.map((parent) => client.send({ conversation: view.id, parent, text, model }).message);
  const marks = said.map((message) => ({ message, before: { pruned: true }, after: { pruned: false } }));
  const step = { conversation: view.id, did: strings.askedAll(tips.length), marks };
  void whenThere(view.id, said).then(() => offerStep(client, step));
}

/** What is brought together of the selected messages: of a question that was answered the reply, which is what its card shows. */
export function broughtOf({ view }: Pick<OpenPage, 'view'>, messages: readonly string[]): readonly string[] {
  const brought = messages.map((message) => {
    const { reply } = turnOf(view, message);
    return reply !== null && view.tree.messages.has(reply) ? reply : message;
  });
  return [...new Set(brought)];
}

/** Asks for a reply that quotes these messages: after the last that all of them follow, so that it stands beside them. */
export async function sayTogether(page: OpenPage, messages: readonly string[], text: string): Promise<void> {
  const { client, view, model, made } = page;
  if (!model) throw new Error(strings.noModel);
  const brought = broughtOf(page, messages);
  const quotes = await quotesOn(onMessages(page, brought));
  const parent = sharedBy(view.tree, brought);
  const said = { conversation: view.id, parent, text, quotes, model, fork: true };
  const { message } = client.send(said);
  showThread();
  made(message, parent);
}

/** The last message on the way to all of these, itself included; null where they share none. */
export function sharedBy(tree: Tree, messages: readonly string[]): string | null {
  const [first = [], ...others] = messages.map((message) => pathTo(tree, message));
  const parted = first.findIndex((id, at) => others.some((path) => path[at] !== id));
  const shared = parted < 0 ? first : first.slice(0, parted);
  return shared.at(-1) ?? null;
}

const LOOK_AGAIN = 100;
const PATIENCE = 15_000;

/** Resolves once the tree of the page has them: what is on its way cannot be hidden. After a while in any case. */
async function whenThere(conversation: string, messages: readonly string[]): Promise<void> {
  for (let waited = 0; waited < PATIENCE; waited += LOOK_AGAIN) {
    const view = currentPage()?.view;
    if (view?.id !== conversation || messages.every((message) => view.tree.messages.has(message))) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
  }
}
