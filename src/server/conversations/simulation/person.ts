/** A simulated person: acts on what they last saw, and repeats each command with the same ids until it is answered. */
import {
  type CommandInput,
  type CommandName,
  type CommandOutput,
  messageOf,
  type Quote,
  Refusal,
} from '../../../protocol/index.ts';
import {
  childrenOf,
  coveredBy,
  type MessageHeader,
  parentOf,
  pathTo,
  type Tree,
} from '../../../tree/index.ts';
import type { Random } from './random.ts';
import { Died } from './sim-server.ts';
import { type Truth, trueLog, trueTree } from './truth.ts';

/** Where people live: chance, time, and what is said when something went wrong. */
export interface Surroundings extends Truth {
  readonly random: Random;
  /** What went wrong while the round ran. */
  readonly violations: string[];
  /** Ids never used before, of 8 characters. */
  id(prefix: string): string;
  /** A greater number each time: what came before what. */
  count(): number;
  /** Resolves when it is this caller's turn. */
  turn(): Promise<void>;
}

/** Whoever takes commands; throws `Died`, or a `Refusal` with 503, where the outcome is unknown. */
export interface Servers {
  any(): { execute<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>> };
}

export interface Sent {
  readonly input: CommandInput<'send'>;
  readonly answer: CommandOutput<'send'>;
}

interface Asked {
  readonly input: CommandInput<'regenerate'>;
  readonly answer: CommandOutput<'regenerate'>;
}

export interface Edited {
  readonly input: CommandInput<'edit'>;
  readonly answer: CommandOutput<'edit'>;
}

/** The ids of all replies a command asks for, the first first. */
export function repliesIn({
  reply,
  replies,
}: Pick<CommandInput<'edit'>, 'reply' | 'replies'>): readonly string[] {
  return replies?.map(({ id }) => id) ?? (reply === undefined ? [] : [reply]);
}

export interface Summed {
  readonly input: CommandInput<'summarise'>;
  readonly answer: CommandOutput<'summarise'>;
}

/** A field of a mark as a command wrote it, between two turns; `until` absent: nobody knows whether it did. */
export interface Written {
  readonly message: string;
  readonly field: 'star' | 'label' | 'pruned';
  readonly value: boolean | string;
  readonly from: number;
  readonly until?: number;
}

/** What was acknowledged. */
export interface Acknowledged {
  readonly sent: Sent[];
  readonly edited: Edited[];
  readonly asked: Asked[];
  readonly stopped: string[];
  readonly answered: { readonly reply: string; readonly option: string | null }[];
  readonly renamed: string[];
  /** Folders of conversations it was moved to. */
  readonly filed: string[];
  readonly summed: Summed[];
  /** Acknowledged or not. */
  readonly written: Written[];
}

export const noneAcknowledged = (): Acknowledged => ({
  ...{ sent: [], edited: [], asked: [], stopped: [], answered: [], renamed: [], filed: [], summed: [] },
  written: [],
});

/** Counts up from 1: what came before what, however little time was between. */
export function counter(): () => number {
  let count = 0;
  return () => {
    count += 1;
    return count;
  };
}

const MODEL = { source: 'sim', id: 'sim' };
/** A page that is closed repeats nothing. */
const GIVES_UP = 0.05;

export class Person {
  readonly #world: Surroundings;
  readonly #fleet: Servers;
  readonly #conversation: string;
  readonly #acknowledged: Acknowledged;
  #tree: Tree | undefined;

  constructor(world: Surroundings, fleet: Servers, conversation: string, acknowledged: Acknowledged) {
    this.#world = world;
    this.#fleet = fleet;
    this.#conversation = conversation;
    this.#acknowledged = acknowledged;
  }

  async act(times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      for (let wait = this.#world.random.below(12); wait >= 0; wait -= 1) await this.#world.turn();
      if (!this.#tree || this.#world.random.chance(0.6))
        this.#tree = await trueTree(this.#world, this.#conversation);
      await this.#actOnce(this.#tree);
    }
  }

  #actOnce(tree: Tree): Promise<void> {
    const dice = this.#world.random.next();
    const said = [...tree.messages.values()];
    const questions = said.filter((message) => message.role === 'user');
    const open = [...tree.generations.values()].filter((generation) => !generation.end);
    if (dice < 0.15 && questions.length > 0) return this.#regenerate(this.#world.random.pick(questions).id);
    if (dice < 0.3 && open.length > 0) return this.#stop(this.#world.random.pick(open).id);
    if (dice < 0.35) return this.#header();
    if (dice < 0.5 && open.length > 0) return this.#answer(this.#world.random.pick(open).id);
    if (dice < 0.5 && said.length > 0) return this.#edit(this.#world.random.pick(said));
    if (dice < 0.65 && said.length > 0) return this.#mark(this.#world.random.pick(said).id);
    const keep = this.#world.random.below(3);
    const summed = said.filter((message) => message.role !== 'user' && covers(tree, message.id, keep));
    if (dice < 0.75 && summed.length > 0) return this.#summarise(this.#world.random.pick(summed).id, keep);
    return this.#send(this.#parent(tree));
  }

  /** Mostly the newest message, so that people get in each other's way; sometimes any, or a reply not yet finished. */
  #parent(tree: Tree): string | null {
    const { random } = this.#world;
    const said = [...tree.messages.keys()];
    const open = [...tree.generations.values()].filter((generation) => !generation.end);
    if (said.length === 0 || random.chance(0.05)) return null;
    if (open.length > 0 && random.chance(0.1)) return random.pick(open).id;
    return random.chance(0.7) ? (said.at(-1) as string) : random.pick(said);
  }

  async #send(parent: string | null): Promise<void> {
    const message = this.#world.id('m');
    const reply = this.#world.id('r');
    const input = {
      conversation: this.#conversation,
      message,
      parent,
      text: `text of ${message}`,
      ...this.#replies(reply),
      ...(this.#world.random.chance(0.2) && { origin: 'fork' as const }),
      ...(parent !== null && Number(message.slice(1)) % 7 === 0 && { origin: 'aside' as const }),
      ...(parent !== null && Number(message.slice(1)) % 5 === 0 && { quotes: [this.#quoteOf(parent)] }),
    };
    const refusable = parent?.startsWith('r') === true && !(await this.#hasEnded(parent));
    const answer = await this.#bringingBack(parent, () => this.#persist('send', input, refusable));
    if (answer) this.#acknowledged.sent.push({ input, answer });
  }

  /** It has said something and its log has ended, whatever is known of it elsewhere. */
  async #hasEnded(reply: string): Promise<boolean> {
    const log = await trueLog(this.#world, this.#conversation, reply);
    return log?.end !== undefined && log.generation !== undefined && messageOf(log) !== null;
  }

  #quoteOf(message: string): Quote {
    const of = { conversation: this.#conversation, message };
    return { of, author: { kind: 'user' }, text: `quoted of ${message}` };
  }

  /** Saves another version of any message; of a person's, sometimes with a reply to it. */
  async #edit(old: MessageHeader): Promise<void> {
    const message = this.#world.id('m');
    const asks = old.role === 'user' && this.#world.random.chance(0.5);
    const input = {
      conversation: this.#conversation,
      of: old.id,
      message,
      text: `text of ${message}`,
      ...(asks && this.#replies(this.#world.id('r'))),
    };
    const answer = await this.#bringingBack(old.parent, () => this.#persist('edit', input));
    if (answer) this.#acknowledged.edited.push({ input, answer });
  }

  async #regenerate(parent: string): Promise<void> {
    const first = this.#world.id('r');
    const input = {
      ...{ conversation: this.#conversation, parent, ...this.#replies(first) },
      ...this.#begin(parent, Number(first.slice(1))),
    };
    const answer = await this.#bringingBack(parent, () => this.#persist('regenerate', input));
    if (answer) this.#acknowledged.asked.push({ input, answer });
  }

  /** Two of three go on from another reply, from all of it or from its first word. */
  #begin(parent: string, dice: number): Pick<CommandInput<'regenerate'>, 'begin'> {
    const tree = this.#tree;
    const others = tree ? childrenOf(tree, parent).flatMap((id) => tree.messages.get(id) ?? []) : [];
    const other = others.findLast(({ role }) => role === 'assistant');
    const [text = ''] = other?.preview.split(' ') ?? [];
    if (!other || text === '' || dice % 3 === 0) return {};
    return { begin: { of: other.id, ...(dice % 3 === 1 && { text }) } };
  }

  /** One, or now and then several at once. */
  #replies(first: string): Pick<CommandInput<'edit'>, 'reply' | 'model' | 'replies'> {
    const { random } = this.#world;
    if (!random.chance(0.3)) return { reply: first, model: MODEL };
    const others = Array.from({ length: random.below(3) }, () => this.#world.id('r'));
    return { replies: [first, ...others].map((id) => ({ id, model: MODEL })) };
  }

  async #summarise(after: string, keep: number): Promise<void> {
    const message = this.#world.id('m');
    const input = { conversation: this.#conversation, message, after, text: `text of ${message}`, keep };
    const answer = await this.#bringingBack(after, () => this.#persist('summarise', input));
    if (answer) this.#acknowledged.summed.push({ input, answer });
  }

  async #mark(message: string): Promise<void> {
    const { random } = this.#world;
    const mark = random.pick([
      { star: random.chance(0.5) },
      { label: this.#world.id('l') },
      ...Array.from({ length: 3 }, () => ({ pruned: random.chance(0.8) })),
    ]);
    const [[field, value]] = Object.entries(mark) as [[Written['field'], boolean | string]];
    const input = { conversation: this.#conversation, marks: [{ message, ...mark }] };
    await this.#writing([{ message, field, value }], () => this.#persist('mark', input));
  }

  /** What is said brings back what was hidden on the way to it. */
  #bringingBack<T>(parent: string | null, work: () => Promise<T>): Promise<T> {
    const way: string[] = [];
    // The message before it may be one that was said since this person looked.
    const tree = this.#tree;
    for (let at = parent; tree && at !== null; at = parentOf(tree, at) ?? null) way.push(at);
    return this.#writing(
      way.map((message) => ({ message, field: 'pruned', value: false })),
      work,
    );
  }

  /** Notes what is written by `work`, and when. */
  async #writing<T>(fields: readonly Omit<Written, 'from' | 'until'>[], work: () => Promise<T>): Promise<T> {
    const { written } = this.#acknowledged;
    const from = this.#world.count();
    const first = written.push(...fields.map((field) => ({ ...field, from }))) - fields.length;
    const answer = await work();
    const until = this.#world.count();
    // A page that gave up may have been heard.
    if (answer !== null)
      fields.forEach((field, at) => {
        written[first + at] = { ...field, from, until };
      });
    return answer;
  }

  async #stop(reply: string): Promise<void> {
    if (await this.#persist('stop', { conversation: this.#conversation, reply }))
      this.#acknowledged.stopped.push(reply);
  }

  /** Most replies do not ask, or not any more: that is said. */
  async #answer(reply: string): Promise<void> {
    const option = this.#world.random.pick(['yes', 'no']);
    const input = { conversation: this.#conversation, reply, question: 'q', option };
    const answer = await this.#persist('answer', input, true);
    if (answer) this.#acknowledged.answered.push({ reply, option: answer.option });
  }

  async #header(): Promise<void> {
    const title = this.#world.id('title');
    const conversation = this.#conversation;
    const name = this.#world.random.pick(['archive', 'restore', 'rename', 'arrange'] as const);
    if (name === 'arrange') await this.#file(this.#world.id('folder'));
    else if (name !== 'rename') await this.#persist(name, { conversation });
    else if (await this.#persist(name, { conversation, title })) this.#acknowledged.renamed.push(title);
  }

  /** Into a new folder of conversations, and on top of the list. */
  async #file(folder: string): Promise<void> {
    if (!(await this.#persist('chat-folder', { folder, name: `name of ${folder}` }))) return;
    const input = { conversations: [this.#conversation], filed: folder, pinned: true };
    if (await this.#persist('arrange', input)) this.#acknowledged.filed.push(folder);
  }

  /** The answer, or null when it was refused or given up. A refusal nobody expects is a violation. */
  async #persist<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    refusable = false,
  ): Promise<CommandOutput<N> | null> {
    for (;;) {
      try {
        return await this.#fleet.any().execute(name, input);
      } catch (error) {
        if (!isTransient(error)) {
          if (!refusable) this.#world.violations.push(`${name} ${JSON.stringify(input)}: ${String(error)}`);
          return null;
        }
        if (this.#world.random.chance(GIVES_UP)) return null;
        await this.#world.turn();
      }
    }
  }
}

/** A summary after it would stand for something. */
function covers(tree: Tree, message: string, keep: number): boolean {
  const chain = pathTo(tree, message).flatMap((id) => tree.messages.get(id) ?? []);
  return coveredBy(chain, keep) !== undefined;
}

function isTransient(error: unknown): boolean {
  return error instanceof Died || (error instanceof Refusal && error.status === 503);
}
