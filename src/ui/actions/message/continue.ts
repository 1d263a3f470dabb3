/** Another version of a reply that begins with words it has, and goes on from there. */
import { StepForward, TextCursor } from 'lucide-react';
import { textOf } from '../../../protocol/index.ts';
import { continuable, hasPosition, type MessageHeader } from '../../../tree/index.ts';
import type { Possible } from '../action.ts';
import * as strings from '../strings/messages.ts';
import { askAgain, whoAnswersIn, wishes } from './ask-again.ts';
import { possibleBy } from './fork.ts';
import { type MessageAction, type OnMessage, turnIn } from './on-message.ts';
import { placeInText } from './place-in-text.ts';
import { isLive, newVersionOf } from './turn.ts';

/** Whether whoever answers can go on from words of a reply. */
function canContinue(on: OnMessage, reply: string): Possible {
  const model = whoAnswersIn(on);
  const possible = continuable(on.page.view.tree, reply, model);
  if (possible === 'agent') return strings.agentsDoNotContinue(model ? on.page.nameOf(model) : '');
  if (possible !== true) return possibleBy(possible);
  return model !== undefined || strings.noModel;
}

/** Another version of a reply that did not come to its end: it begins with what is there and goes on. */
export const continueReply: MessageAction = {
  id: 'continue',
  name: strings.continueReply,
  icon: StepForward,
  group: 'write',
  where: ['menu'],
  writes: true,
  effect: () => strings.newVersion,
  when: (on) => {
    const { reply } = turnIn(on);
    const header = reply === null ? undefined : on.page.view.tree.messages.get(reply);
    return header !== undefined && breaksOff(header) && canContinue(on, header.id);
  },
  says: (on) => {
    const model = whoAnswersIn(on);
    const version = newVersionOf(on.page.view, turnIn(on).reply as string);
    return strings.continuesAs(version, model && on.page.nameOf(model));
  },
  run: (on) => askAgain(on, wishes(whoAnswersIn(on)), { begin: { of: turnIn(on).reply as string } }),
};

/** Another version of a reply that begins with what it says before the selected words, and goes on from there. */
export const continueFromHere: MessageAction = {
  id: 'continue-from-here',
  name: strings.continueFromHere,
  icon: TextCursor,
  keys: [{ key: 'c' }],
  group: 'write',
  where: ['menu', 'selection'],
  writes: true,
  effect: () => strings.newVersion,
  when: (on) => {
    const header = on.page.view.tree.messages.get(on.message);
    if (header ? header.role !== 'assistant' || !hasPosition(header) : !isLive(on.page.view.tree, on.message))
      return false;
    if (turnIn(on).prompt === null) return false;
    const possible = canContinue(on, on.message);
    if (possible !== true) return possible;
    if (on.words === undefined) return strings.selectPlace;
    return on.before !== undefined || strings.noPlaceThere;
  },
  says: () => strings.continuesFromHere,
  run: async (on) => {
    const { page, message, before = '', words = '' } = on;
    const said = textOf((await page.client.read(page.view.id, message)).parts);
    const at = placeInText(said, before, words);
    if (at === undefined) throw new Error(strings.placeNotFound);
    const text = said.slice(0, at);
    if (text.trim() === '') throw new Error(strings.placeAtStart);
    document.getSelection()?.removeAllRanges();
    return askAgain(on, wishes(whoAnswersIn(on)), { begin: { of: message, text } });
  },
};

/** It has words and did not come to its end: stopped, interrupted, failed, at its length limit. */
function breaksOff({ role, finish }: MessageHeader): boolean {
  if (role !== 'assistant' || !finish || finish.failure?.code === 'only-thoughts') return false;
  return finish.reason === 'complete' ? finish.length === true : BREAKS.has(finish.reason);
}

const BREAKS: ReadonlySet<string> = new Set(['stopped', 'interrupted', 'failed']);
