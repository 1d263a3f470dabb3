/** What goes another way from a message: fork, edit, another system prompt, a new chat. */
import { GitBranch, Pencil, ScrollText, SquarePen } from 'lucide-react';
import { excerpt } from '../../../protocol/reading/first-line.ts';
import { childrenOf, forkable, type Obstacle } from '../../../tree/index.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { ask } from '../../stores/errands.ts';
import { showThread } from '../../stores/panes.ts';
import { fromHere, navigate } from '../../stores/route.ts';
import { toast } from '../../stores/toasts.ts';
import { dropTarget, setTarget } from '../../stores/writing/target.ts';
import type { Possible } from '../action.ts';
import * as strings from '../strings/messages.ts';
import { goingBack } from './agent-session-words.ts';
import { type MessageAction, type OnMessage, turnIn } from './on-message.ts';
import { firstWordsOf, followingOf, isWordless, newVersionOf } from './turn.ts';

/** True where something can be made of the message, else why not; false where there is no message. */
export const canFork = ({ page, message }: OnMessage): Possible =>
  possibleBy(forkable(page.view.tree, message));

export const possibleBy = (obstacle: true | Obstacle): Possible => obstacle === true || WHY_NOT[obstacle];

const WHY_NOT: Record<Obstacle, string | false> = {
  writing: strings.stillWritten,
  wordless: strings.endedWordless,
  refused: strings.agentRefused,
  damaged: strings.beginningMissing,
  unknown: false,
};

export const edit: MessageAction = {
  id: 'edit',
  name: strings.edit,
  icon: Pencil,
  keys: [{ key: 'e' }],
  group: 'write',
  where: ['prompt', 'reply', 'card', 'menu'],
  writes: true,
  effect: () => strings.newVersion,
  when: canFork,
  says: (on) => {
    const { view } = on.page;
    const says = strings.editSavesAs(newVersionOf(view, on.message));
    const header = view.tree.messages.get(on.message);
    return header?.role === 'user' ? says + goingBack(on.page, header.parent, on.page.model) : says;
  },
  run: (on) => {
    const { page, message } = on;
    if (!on.inThread) {
      showThread();
      const own = page.view.tree.messages.get(message)?.role === 'user';
      page.goTo(own ? (turnIn(on).reply ?? message) : message, message);
    }
    ask('edit', message);
  },
};

/** Aims the message box after a reply; nothing is written until Send. At an end that is where it aims anyway, and that is said. */
export const fork: MessageAction = {
  id: 'fork',
  name: strings.fork,
  icon: GitBranch,
  group: 'write',
  where: ['reply', 'card', 'menu'],
  writes: true,
  when: (on) => {
    const { reply } = turnIn(on);
    return reply === null ? strings.noReplyToFollow : canFork({ ...on, message: reply });
  },
  effect: (on) => (isFollowed(on) ? strings.newBranch : strings.sameBranch),
  says: (on) =>
    isFollowed(on)
      ? strings.forkStarts + goingBack(on.page, turnIn(on).reply, on.page.model)
      : strings.forkAtEnd,
  run: (on) => {
    const { view, goTo } = on.page;
    const reply = turnIn(on).reply as string;
    if (!on.inThread) {
      showThread();
      goTo(reply);
    }
    if (isFollowed(on))
      return setTarget(view.id, { message: reply, words: excerpt(firstWordsOf(view.tree, reply)) });
    dropTarget(view.id);
    toast(strings.nothingFollows);
    ask('composer');
  },
};

function isFollowed(on: OnMessage): boolean {
  const { reply } = turnIn(on);
  const { view } = on.page;
  return reply !== null && (childrenOf(view.tree, reply).length > 0 || followingOf(view, reply) > 0);
}

export const systemPromptFromHere: MessageAction = {
  id: 'system-prompt',
  name: strings.systemPromptFromHere,
  icon: ScrollText,
  group: 'write',
  where: ['menu'],
  writes: true,
  effect: ({ page, message }) =>
    childrenOf(page.view.tree, message).length > 0 ? strings.newBranch : strings.sameBranch,
  when: (on) => isWordless(on.page.view.tree, on.message) || canFork(on),
  run: ({ message }) => openDialog({ kind: 'system-prompt', message }),
};

/** A chat of its own with what was said up to here; nothing changes in this one. */
export const newChatFromHere: MessageAction = {
  id: 'new-chat-from-here',
  name: strings.newChatFromHere,
  icon: SquarePen,
  group: 'write',
  where: ['menu'],
  writes: true,
  effect: () => strings.newChat,
  when: canFork,
  run: async ({ page, message }) => {
    const isHere = fromHere();
    const made = await page.client.copy({ conversation: page.view.id, message });
    const open = () => navigate({ kind: 'conversation', id: made.conversation });
    if (!isHere()) {
      toast(strings.newChatMade, { action: { name: strings.openChat, run: open } });
      return;
    }
    open();
    toast(strings.newChatMade);
    ask('composer');
  },
};
