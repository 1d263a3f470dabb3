/**
 * `regenerate`: another reply to a message (docs/protocol.md, "Write order"), by whom the input names: the page chooses (`whoAnswersAgain` of
 * `src/ui/actions/who-answers.ts`).
 */
import { createHash } from 'node:crypto';
import {
  branchStream,
  type CommandInput,
  type CommandOutput,
  type Message,
} from '../../../protocol/index.ts';
import { childrenOf, isAside, type MessageHeader, type Origin, type Tree } from '../../../tree/index.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { refusals } from '../kit/refusals.ts';
import { beginningOf } from '../reply/begin-inside-answer.ts';
import type { Question } from './how-to-ask.ts';
import { withRoom } from './make-room.ts';
import { bringBack } from './mark.ts';
import { say } from './say-message.ts';
import { askedReplies, askOthers, wantedReplies } from './several.ts';

export async function regenerate(
  store: Store,
  input: CommandInput<'regenerate'>,
): Promise<CommandOutput<'regenerate'>> {
  const { conversation } = input;
  const wanted = await wantedReplies(store, input);
  return store.queue.run(conversation, async () => {
    const header = await store.list.living(conversation);
    const outline = await store.outlines.of(conversation);
    const { tree } = outline;
    const asked = question(tree, input.parent);
    const begin =
      input.begin && (await beginningOf(store, { conversation, tree, parent: asked.id }, input.begin));
    const { instruction } = input;
    const version = begin?.origin ?? versionOf(tree, asked.id);
    const origin = { ...version, ...(instruction !== undefined && { instruction }) };
    const again = new SaidAgain(store, outline, asked, wanted[0]?.id ?? '');
    const asks = (under: string, place: Pick<Question, 'after' | 'said'>) => {
      const about = { header, tree: outline.tree, begun: begin?.text, instruction, ...place };
      return askedReplies(store, under, wanted, about, () => origin);
    };
    const room = await withRoom(store, {
      ...{ outline, header, wanted, message: again.id, after: asked.parent },
      // What is asked aside leaves the conversation as it is.
      overflow: isAside(tree, asked.id) ? null : input.overflow,
      asking: async (after, first) => {
        if (after === asked.parent && !first) return asks(asked.id, { after: asked });
        const said = [...(first ? [first] : []), await again.draft(after)];
        return asks(again.id, { after: outline.tree.messages.get(after ?? ''), said });
      },
    });
    const parent = room.after === asked.parent ? asked : await again.say(room.after);
    await askOthers(store, outline, parent, room.asked);
    await bringBack(store, outline, asked.id);
    const first = outline.tree.generations.get(wanted[0]?.id ?? '');
    if (!first) throw refusals.noReply();
    return { message: first.id, branch: first.branch, forked: first.branch === first.id };
  });
}

function question(tree: Tree, id: string): MessageHeader {
  const header = tree.messages.get(id);
  if (header?.role === 'user') return header;
  const generation = tree.generations.get(id);
  if (header) throw refusals.notAQuestion();
  throw generation && !generation.end ? refusals.stillWriting() : refusals.noParent();
}

/** The newest reply to the message is what this one is another version of. */
function versionOf(tree: Tree, parent: string): Origin {
  const of = childrenOf(tree, parent).findLast((id) => tree.messages.get(id)?.role === 'assistant');
  return { kind: 'regenerate', ...(of !== undefined && { of }) };
}

/** The question once more, after a summary: a reply goes where what it is told stands. Its id follows from the reply's. */
class SaidAgain {
  readonly id: string;
  readonly #store: Store;
  readonly #outline: Outline;
  readonly #asked: MessageHeader;

  constructor(store: Store, outline: Outline, asked: MessageHeader, reply: string) {
    this.id = createHash('sha256').update(`question of ${reply}`).digest('base64url').slice(0, 21);
    this.#store = store;
    this.#outline = outline;
    this.#asked = asked;
  }

  /** Throws EngineError; Error where the branch lacks the question. */
  async draft(parent: string | null): Promise<Message> {
    const { id, branch } = this.#asked;
    const messageOf = await this.#store.branches.of(branchStream(this.#outline.conversation, branch));
    const message = messageOf(id);
    if (!message) throw new Error(`The message ${id} is missing in its branch.`);
    // What came from outside in one request came once.
    const { sent: _, ...said } = message;
    const origin = { kind: 'edit' as const, of: id };
    return { ...said, id: this.id, parent, origin, time: this.#store.clock.tick() };
  }

  /** Idempotent. Throws Refusal, EngineError. */
  async say(parent: string | null): Promise<MessageHeader> {
    const draft = await this.draft(parent);
    const { header } = await say(this.#store, this.#outline, {
      ...{ id: this.id, parent, draft: () => draft },
      isKnown: ({ origin, parent: under }) => under === parent && origin.of === this.#asked.id,
    });
    return header;
  }
}
