/**
 * A conversation made by the commands that a page sends: for journeys that are about what comes after. What is asked by hand and read as it
 * comes is the subject of other journeys, and each question by hand costs half a second of the processors.
 */
import {
  type CommandInput,
  type CommandName,
  commandPath,
  MODELS_PATH,
  type ModelList,
  newId,
  outlineStream,
} from '../../src/protocol/index.ts';
import type { ModelRef } from '../../src/tree/index.ts';

/** How long a reply may take, in milliseconds. */
const PATIENCE = 30_000;
const BETWEEN_LOOKS = 15;

export interface Turn {
  readonly question: string;
  readonly reply: string;
  /** Which message of the path the reply is, counted from 1. */
  readonly n: number;
}

/** What was asked last and what answered it is where the next question goes. */
export class Talk {
  readonly id = newId();
  readonly #url: string;
  readonly #model: ModelRef;
  #tip: Turn | null = null;

  constructor(url: string, model: ModelRef) {
    this.#url = url;
    this.#model = model;
  }

  /** The last turn; null before the first. */
  get tip(): Turn | null {
    return this.#tip;
  }

  /** Asks after the last reply, or after that of `after`, and waits for the whole answer. */
  async ask(text: string, after = this.#tip): Promise<Turn> {
    const turn = { question: newId(), reply: newId(), n: (after?.n ?? 0) + 2 };
    const { id: conversation } = this;
    if (!this.#tip) await this.#command('create', { conversation });
    const asked = { conversation, message: turn.question, reply: turn.reply, model: this.#model };
    await this.#command('send', { ...asked, parent: after?.reply ?? null, text });
    return this.#whole(turn);
  }

  /** Has the question of `turn` answered again: another version of the reply, to go on from. Default: the last turn. */
  async again(turn = this.#last()): Promise<Turn> {
    const asked = { conversation: this.id, reply: newId(), model: this.#model };
    await this.#command('regenerate', { ...asked, parent: turn.question });
    return this.#whole({ ...turn, reply: asked.reply });
  }

  /** Says something else in place of the question of `turn`: another version of it, with a reply of its own. */
  async edit(turn: Turn, text: string): Promise<Turn> {
    const asked = { conversation: this.id, message: newId(), reply: newId(), model: this.#model };
    await this.#command('edit', { ...asked, of: turn.question, text });
    return this.#whole({ question: asked.message, reply: asked.reply, n: turn.n });
  }

  #last(): Turn {
    if (!this.#tip) throw new Error('Nothing was asked yet.');
    return this.#tip;
  }

  async #whole(turn: Turn): Promise<Turn> {
    const until = Date.now() + PATIENCE;
    while (!(await this.#ended(turn.reply))) {
      if (Date.now() > until) throw new Error(`The reply ${turn.reply} did not end.`);
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS));
    }
    this.#tip = turn;
    return turn;
  }

  async #ended(reply: string): Promise<boolean> {
    const response = await fetch(`${this.#url}/v1/stream/${outlineStream(this.id)}?offset=-1`);
    if (!response.ok) throw new Error(await response.text());
    const items = (await response.json()) as { kind?: string; id?: string }[];
    return items.some(({ kind, id }) => kind === 'generation-end' && id === reply);
  }

  async #command<N extends CommandName>(name: N, input: CommandInput<N>): Promise<void> {
    const response = await fetch(this.#url + commandPath(name), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    if (!response.ok) throw new Error(await response.text());
  }
}

/** @param model its name as the list of models has it, or how that begins; default: what a new chat would ask */
export async function startTalk(url: string, model?: string): Promise<Talk> {
  const { models, default: usual } = (await (await fetch(url + MODELS_PATH)).json()) as ModelList;
  if (model === undefined) return new Talk(url, usual);
  const found =
    models.find(({ name }) => name === model) ?? models.find(({ name }) => name.startsWith(model));
  if (!found) throw new Error(`There is no model ${model}: ${models.map(({ name }) => name).join(', ')}`);
  return new Talk(url, found.ref);
}

/** One question answered two ways, both gone on from: "The first way", and "The second way", where it ends. */
export async function twoWays(url: string): Promise<Talk> {
  const talk = await startTalk(url);
  const question = await talk.ask('Where does it begin?');
  await talk.ask('The first way');
  await talk.again(question);
  await talk.ask('The second way');
  return talk;
}
