/** What can be done with a message: one list for the menus of cards, rows and messages, the palette, the keys and the shortcut sheet. */
import {
  Bot,
  Columns2,
  CornerDownRight,
  EyeOff,
  FoldVertical,
  GitBranch,
  Info,
  Link,
  ListPlus,
  MessageSquareReply,
  Pencil,
  RefreshCw,
  ScrollText,
  Square,
  SquarePen,
  Star,
  Tag,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Actions, SendChange } from '../../../client/types.ts';
import { childrenOf, type ModelRef, markOf, versionsOf } from '../../../tree/index.ts';
import { whoAnswersAgain } from '../../actions/who-answers.ts';
import { wishEdit } from '../../stores/edits.ts';
import { requestFocus } from '../../stores/focus.ts';
import type { OpenPage } from '../../stores/page.ts';
import { togglePicked } from '../../stores/picked.ts';
import { hrefOf, navigate } from '../../stores/route.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';
import { onRefused } from '../../stores/too-large.ts';
import { openTool } from '../../stores/tools.ts';
import { wish } from '../../stores/wishes.ts';
import { prune, topmost } from './prune.ts';
import { endOf, firstWordsOf, placeIn, type TurnPlace } from './turn.ts';

export interface Action {
  readonly id: string;
  readonly name: string;
  readonly icon: ReactNode;
  /** The key that does it on a focused message, as it is written for people. */
  readonly keys?: string;
  readonly danger?: boolean;
  readonly run: () => void;
}

interface Scene {
  readonly page: OpenPage;
  readonly actions: Actions;
  readonly messages: readonly string[];
}

const SIZE = 16;
/** Most replies asked for at a time. */
export const MOST_REPLIES = 8;

/** For one message all of it, for several what makes sense for all. */
export function messageActions(scene: Scene): readonly Action[] {
  const { page, messages } = scene;
  const [message] = messages;
  if (message === undefined) return [];
  if (messages.length > 1) return page.readOnly ? comparing(page, messages) : marking(scene);
  const { tree, path } = page.view;
  const place = placeIn(tree, message, new Set(path.map(({ key }) => key)));
  if (page.readOnly) {
    const [go] = going(scene, place);
    return [...(go ? [go] : []), ...comparing(page, messages), ...rest(scene, place)];
  }
  return [
    ...going(scene, place),
    ...stopping(scene, place),
    ...(place.live ? [] : making(scene, place)),
    ...marking(scene),
    ...rest(scene, place),
  ];
}

function going({ page }: Scene, { message }: TurnPlace): readonly Action[] {
  const { view, goTo } = page;
  const end = endOf(
    view.tree,
    message,
    view.path.map(({ key }) => key),
  );
  const reply = () => {
    goTo(end);
    requestFocus('composer');
  };
  return [
    { id: 'go', name: 'Go there', icon: <CornerDownRight size={SIZE} />, run: () => goTo(message) },
    {
      id: 'reply',
      name: 'Reply at the end of this branch',
      icon: <MessageSquareReply size={SIZE} />,
      run: reply,
    },
  ];
}

/** The reply shown in the turn, while it is being written. */
function stopping({ page }: Scene, { reply }: TurnPlace): readonly Action[] {
  if (reply === null || page.view.tree.messages.has(reply)) return [];
  return [
    { id: 'stop', name: 'Stop the reply', icon: <Square size={SIZE} />, run: () => page.acts.stop(reply) },
  ];
}

function making({ page, actions }: Scene, { message, prompt, reply }: TurnPlace): readonly Action[] {
  const { acts, view, goTo } = page;
  const own = view.tree.messages.get(message)?.role === 'user';
  const edit = () => {
    if (own) return acts.edit(message, reply);
    goTo(message);
    wishEdit(message);
  };
  const made: Action[] = [{ id: 'edit', name: 'Edit', keys: 'E', icon: <Pencil size={SIZE} />, run: edit }];
  if (prompt !== null)
    made.push({
      id: 'regenerate',
      name: 'Regenerate',
      keys: 'R',
      icon: <RefreshCw size={SIZE} />,
      run: () => regenerate(page, actions, { prompt, reply }, 1),
    });
  if (prompt !== null)
    made.push({
      id: 'regenerate-with',
      name: 'Regenerate with…',
      icon: <Bot size={SIZE} />,
      run: () => regenerateWith(page, actions, { prompt, reply }),
    });
  if (reply !== null && view.tree.messages.has(reply))
    made.push({
      id: 'fork',
      name: 'Fork from here',
      icon: <GitBranch size={SIZE} />,
      run: () => acts.fork(reply, firstWordsOf(view.tree, reply)),
    });
  made.push({
    id: 'system-prompt',
    name: 'System prompt from here on',
    icon: <ScrollText size={SIZE} />,
    run: () => openTool({ kind: 'system-prompt', message }),
  });
  made.push({
    id: 'new-chat-from-here',
    name: 'New chat from here',
    icon: <SquarePen size={SIZE} />,
    run: () => newChat(actions, view.id, message),
  });
  return made;
}

/** A chat of its own with what was said up to here; nothing changes in this one. */
function newChat(actions: Actions, conversation: string, message: string): void {
  actions
    .copy({ conversation, message })
    .then((made) => {
      navigate({ kind: 'conversation', id: made.conversation });
      toast('A new chat with what was said up to there');
      requestFocus('composer');
    })
    .catch(toastFailure);
}

/** The message that is answered anew, and the reply there is, if any. */
interface Answered {
  readonly prompt: string;
  readonly reply: string | null;
}

/** Asks a model that is chosen for this once. */
export function regenerateWith(page: OpenPage, actions: Actions, turn: Answered): void {
  const run = (model: ModelRef) => regenerate({ ...page, chosen: model }, actions, turn, 1);
  openTool({ kind: 'choose-model', title: 'Regenerate with', run });
}

/** Asks `count` times; the view goes to the first of them. */
export function regenerate(
  page: OpenPage,
  actions: Actions,
  turn: Answered,
  count: number,
  change: SendChange = {},
): void {
  const { view, show } = page;
  const model = whoAnswersAgain(page, view.tree, turn.reply);
  if (!model)
    return toastFailure(new Error('No model is there to answer. Choose one below the message box.'));
  const ask = () => actions.regenerate({ conversation: view.id, parent: turn.prompt, model, ...change });
  ask()
    .then(async ({ reply }) => {
      show(reply);
      await Promise.all(Array.from({ length: count - 1 }, ask));
      if (count > 1) toast(`${count} replies are being written, each a version`);
    })
    .catch((error: unknown) =>
      onRefused(error, (other) => regenerate(page, actions, turn, count, { ...change, ...other })),
    );
}

function marking({ page, actions, messages }: Scene): readonly Action[] {
  const { tree, id } = page.view;
  const starred = messages.every((message) => markOf(tree, message).star);
  const star = () =>
    void actions
      .mark(
        id,
        messages.map((message) => ({ message, star: !starred })),
      )
      .then(() =>
        toast(starred ? 'Star taken away' : messages.length > 1 ? `${messages.length} starred` : 'Starred'),
      )
      .catch(toastFailure);
  return [
    {
      id: 'star',
      name: starred ? 'Take the star away' : 'Star',
      keys: 'S',
      icon: <Star size={SIZE} {...(starred && { fill: 'currentColor' })} />,
      run: star,
    },
    {
      id: 'label',
      name: 'Label and colour',
      keys: 'L',
      icon: <Tag size={SIZE} />,
      run: () => openTool({ kind: 'label', messages }),
    },
    {
      id: 'prune',
      name:
        messages.length > 1 ? 'Prune: hide them and all that follows' : 'Prune: hide it and all that follows',
      keys: 'Delete',
      icon: <EyeOff size={SIZE} />,
      danger: true,
      run: () => void prune(page, actions, messages),
    },
    ...comparing(page, messages),
  ];
}

/** Several: with each other; one: with its versions. */
function comparing({ view: { tree } }: OpenPage, messages: readonly string[]): readonly Action[] {
  const tips =
    messages.length > 1 ? topmost(tree, messages) : versionsOf(tree, messages[0] as string).slice(-4);
  if (tips.length < 2 || tips.length > 4) return [];
  const name = messages.length > 1 ? 'Compare' : 'Compare the versions';
  return [
    { id: 'compare', name, icon: <Columns2 size={SIZE} />, run: () => openTool({ kind: 'compare', tips }) },
  ];
}

function rest({ page }: Scene, { message }: TurnPlace): readonly Action[] {
  const { id, tree } = page.view;
  const pick = () => togglePicked(id, message);
  const fold = childrenOf(tree, message).length > 0;
  const details = tree.messages.get(message)?.role === 'assistant';
  return [
    ...(details
      ? [
          {
            id: 'details',
            name: 'Details',
            icon: <Info size={SIZE} />,
            run: () => openTool({ kind: 'details', message }),
          },
        ]
      : []),
    { id: 'link', name: 'Copy link', icon: <Link size={SIZE} />, run: () => copyLink(id, message) },
    ...(fold
      ? [
          {
            id: 'fold',
            name: 'Fold or unfold in the tree',
            icon: <FoldVertical size={SIZE} />,
            run: () => wish('fold', message),
          },
        ]
      : []),
    { id: 'pick', name: 'Select', keys: 'Shift+click', icon: <ListPlus size={SIZE} />, run: pick },
  ];
}

/** The address of a message: it opens on the way through it (tree rule 13). */
function copyLink(id: string, message: string): void {
  const link = location.origin + hrefOf({ kind: 'conversation', id, message });
  const refused = () => toastFailure(new Error('The browser did not let Bough copy the link.'));
  void navigator.clipboard.writeText(link).then(() => toast('Link to the message copied'), refused);
}
