/** What readers were told of replies while these were written. It must still be there when they have ended. */
import { emptyReply, foldReply, type Message, textOf } from '../../protocol/index.ts';
import { storedAt, type Truth, trueLog, trueTree } from '../conversations/simulation/truth.ts';

export class Heard {
  readonly #world: Truth;
  /** The longest text read of each reply, by conversation and reply. */
  readonly #texts = new Map<string, Map<string, string>>();

  constructor(world: Truth) {
    this.#world = world;
  }

  /** Reads each reply that is being written, once. */
  async listen(conversation: string): Promise<void> {
    const texts = this.#texts.get(conversation) ?? new Map<string, string>();
    this.#texts.set(conversation, texts);
    for (const { id, end, origin } of (await trueTree(this.#world, conversation)).generations.values()) {
      if (end) continue;
      const log = (await trueLog(this.#world, conversation, id)) ?? foldReply(emptyReply, []);
      const text = textOf(log.parts);
      // The words of another that it goes on from are there, in the other: without one of its own it is no message.
      if (text.length <= (origin.begun ?? 0)) continue;
      if (text.length > (texts.get(id)?.length ?? 0)) texts.set(id, text);
    }
  }

  /** A line for each reply that lost what was read of it. */
  async faults(conversation: string): Promise<string[]> {
    const { messages } = await trueTree(this.#world, conversation);
    const wrong: string[] = [];
    for (const [id, text] of this.#texts.get(conversation) ?? []) {
      const header = messages.get(id);
      const item = header && (await storedAt(this.#world, conversation, header.branch, header.start));
      const kept = item ? textOf((item.message as Message).parts) : '';
      if (!kept.startsWith(text))
        wrong.push(`reply ${id}: “…${text.slice(-30)}” was read, “…${kept.slice(-30)}” is left`);
    }
    return wrong;
  }
}
