/**
 * `bough move`: all that is kept in one place, to another (decision 0243). What is there already stays, so that a move that broke off goes
 * on when it is begun again, and one that is done again brings what is new. Nothing is taken from where it came from.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal, readMessage, replyStream, storedIn } from '../../../protocol/index.ts';
import type { StoredConversation } from '../../conversations/index.ts';
import { EngineError } from '../../engine/index.ts';
import { asMissing } from '../../files/index.ts';
import { MoveError, type StoragePlace } from './place.ts';

export interface Moved {
  conversations: number;
  /** Messages, and those that were there already. */
  messages: number;
  known: number;
  files: number;
  tokens: number;
  shares: number;
  /** What could not be brought, or is not there as it was; in sentences. Nothing: all of it was compared, item by item. */
  readonly wrong: string[];
  /** Conversations in which something was said on the way. */
  readonly changed: string[];
}

export interface MoveOptions {
  /** Told how far it is. Default: nobody. */
  readonly onProgress?: (moved: Moved, of: number) => void;
  readonly signal?: AbortSignal;
  /** ms a reply that is open may stand still before it counts as given up. Default: `STILL`. */
  readonly still?: number;
}

/** Conversations at a time: an engine elsewhere answers while others are read. */
const AT_ONCE = 4;
const STILL = 10_000;
const LOOKS = 4;

/** @throws {MoveError} */
export async function move(from: StoragePlace, to: StoragePlace, options: MoveOptions = {}): Promise<Moved> {
  try {
    return await new Move(from, to, options).run();
  } catch (error) {
    if (error instanceof Refusal || error instanceof EngineError)
      throw new MoveError(`${error.message} What was moved stays; the same command goes on.`, {
        cause: error,
      });
    throw error;
  }
}

class Move {
  readonly #from: StoragePlace;
  readonly #to: StoragePlace;
  readonly #options: MoveOptions;
  readonly #files = new Map<string, Promise<void>>();
  readonly #moved: Moved = {
    ...{ conversations: 0, messages: 0, known: 0, files: 0, tokens: 0, shares: 0 },
    ...{ wrong: [], changed: [] },
  };

  constructor(from: StoragePlace, to: StoragePlace, options: MoveOptions) {
    this.#from = from;
    this.#to = to;
    this.#options = options;
  }

  async run(): Promise<Moved> {
    const ids = await this.#from.conversations.all({ recallable: true });
    await this.#to.conversations.adoptChatFolders(await this.#from.conversations.chatFolders());
    const said = new Map<string, string>();
    const waiting = [...ids].reverse();
    const work = async (): Promise<void> => {
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        const patches = await this.#conversation(id).catch((error: unknown) => this.#left(id, error));
        if (patches !== null) said.set(id, patches);
        this.#moved.conversations += 1;
        this.#options.onProgress?.(this.#moved, ids.length);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    await this.#tokens();
    await this.#shares();
    await this.#lookAgain(said);
    return this.#moved;
  }

  /** Answers what the list said of it. Its files first: a message whose files are not there is none. */
  async #conversation(id: string): Promise<string> {
    await this.#untilWritten(id);
    const stored = await this.#from.conversations.stored(id);
    for (const hash of hashesIn(stored)) await this.#file(hash, titleOf(stored));
    for (const message of stored.lost)
      this.#moved.wrong.push(`A message of “${titleOf(stored)}” is lost where it came from (${message}).`);
    const { added, known } = await this.#to.conversations.adopt(stored, this.#options.signal);
    this.#moved.messages += added + known;
    this.#moved.known += known;
    for (const what of await this.#to.conversations.differences(stored))
      this.#moved.wrong.push(`In “${titleOf(stored)}” is not as it was: ${what}.`);
    return JSON.stringify(stored.patches);
  }

  /** One that cannot be moved does not hold up the others. */
  #left(id: string, error: unknown): null {
    const isItsOwn = error instanceof Refusal && (error.status < 500 || error.code === 'damaged');
    if (!isItsOwn) throw error;
    this.#moved.wrong.push(`The conversation ${id} was not moved. ${error.message}`);
    return null;
  }

  #file(hash: string, title: string): Promise<void> {
    const moving = this.#files.get(hash) ?? this.#moveFile(hash, title);
    this.#files.set(hash, moving);
    return moving;
  }

  async #moveFile(hash: string, title: string): Promise<void> {
    const there = await this.#to.files.read(hash).catch(asMissing);
    const content = there ?? (await this.#from.files.read(hash).catch(asMissing));
    if (!content) {
      this.#moved.wrong.push(`A file of “${title}” is not where it came from either (${hash}).`);
      return;
    }
    if (!there) {
      await this.#to.files.add([content.bytes], 'original');
      const read = await this.#to.files.read(hash).catch(asMissing);
      if (!read) this.#moved.wrong.push(`A file of “${title}” did not arrive (${hash}).`);
    }
    this.#moved.files += 1;
  }

  async #tokens(): Promise<void> {
    const { tokens, revoked } = await this.#from.tokens.all();
    await this.#to.tokens.bring(tokens, revoked);
    this.#moved.tokens = tokens.length;
  }

  async #shares(): Promise<void> {
    const there = await this.#to.shares.all();
    for (const share of (await this.#from.shares.all()).values()) {
      const known = there.get(share.id);
      if (!known || known.updated < share.updated) {
        const html = await this.#from.shares.page(share);
        if (html === null) {
          this.#moved.wrong.push(`The shared page of “${share.title}” is not there any more.`);
          continue;
        }
        await this.#to.shares.keep(share, html);
      }
      this.#moved.shares += 1;
    }
  }

  /** A reply that nobody writes any more is ended; one that somebody writes would be half a reply. */
  async #untilWritten(id: string): Promise<void> {
    const { conversations, engine, alone } = this.#from;
    await conversations.open(id);
    if (alone) return;
    const { generations } = await conversations.tree(id);
    for (const { id: reply, end } of generations.values()) {
      if (end) continue;
      const tail = async () => (await engine.head(replyStream(id, reply)))?.next;
      const before = await tail();
      for (let look = 0; look < LOOKS; look += 1) {
        await sleep((this.#options.still ?? STILL) / LOOKS);
        if ((await tail()) !== before)
          throw new MoveError(
            `A reply is being written at ${this.#from.called}: stop every Bough there, then begin again.`,
          );
      }
      await conversations.interrupt(id, reply);
    }
  }

  /** What was said meanwhile may be missing. */
  async #lookAgain(said: ReadonlyMap<string, string>): Promise<void> {
    if (this.#from.alone) return;
    for (const id of await this.#from.conversations.all({ recallable: true })) {
      const { patches } = await this.#from.conversations.stored(id);
      if (said.has(id) && said.get(id) !== JSON.stringify(patches)) this.#moved.changed.push(id);
    }
  }
}

const titleOf = ({ patches, id }: StoredConversation): string =>
  patches.findLast(({ title }) => title)?.title?.text || id;

/** The outline names them, and so does each message. */
function hashesIn({ tree, branches }: StoredConversation): ReadonlySet<string> {
  const named = [...tree.messages.values()].flatMap(({ files = [] }) => files);
  const inside = branches.flatMap(({ items }) =>
    items.flatMap((item) => storedIn(readMessage(item)?.parts ?? [])),
  );
  return new Set([...named, ...inside]);
}
