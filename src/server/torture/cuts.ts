/**
 * The connection of a page cut in every way while one reply is written: what the page shows must be the reply's log byte for byte,
 * nothing taken back, and all that was said by the time the network returned must come.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  branchStream,
  emptyReply,
  foldReply,
  type Message,
  type Reply,
  type ReplyItem,
  replyStream,
  textOf,
} from '../../protocol/index.ts';
import { Random } from '../conversations/simulation/random.ts';
import { readAll, START } from '../engine/index.ts';
import { startChild } from './child-server.ts';
import { type Line, lineTo } from './line.ts';
import { readsAt, serversAt } from './over-http.ts';
import { openPage, type Page } from './page.ts';
import { inTurn, KINDS, type Kind } from './ways-to-cut.ts';

export interface CutOptions {
  readonly cuts: number;
  readonly seed: number;
  /** Default: all, those that take half a minute a few times in a hundred. */
  readonly kinds?: readonly Kind[];
  readonly onCut?: (done: CutReport) => void;
}

export interface CutReport {
  readonly cuts: number;
  /** From the network's return until the page shows the first words said after it, in ms, by kind. */
  readonly back: ReadonlyMap<Kind, readonly number[]>;
  /** Characters of the reply. */
  readonly length: number;
  readonly violations: readonly string[];
}

/** ms after which a page that shows no more is given up: it then knows of a cut by silence (12.5 s) alone. */
const PATIENCE = 10_000;
/** The same where it has nothing else to know it by. */
const LONG_PATIENCE = 90_000;
/** More words than there is time for: the reply is stopped. */
const PACE = { words: 1_000_000, pause: 8 };

/** Cuts within one reply. Ends the server and the page, and removes its folder. */
export async function cutReply({ cuts, seed, kinds, onCut }: CutOptions): Promise<CutReport> {
  const random = new Random(seed);
  const data = await mkdtemp(join(tmpdir(), 'bough-cuts-'));
  const server = await startChild(data, PACE);
  const line = await lineTo(Number(new URL(server.url).port));
  let page: Page | undefined;
  try {
    const written = await ask(server.url);
    page = openPage({ url: line.url, ...written, way: random.pick(['alone', 'shared']) });
    const run = new Run({ line, page, random, log: written });
    for (const kind of inTurn(cuts, random, kinds)) {
      await run.cut(kind);
      onCut?.(run.report());
    }
    await written.stop();
    await run.verdict();
    return run.report();
  } finally {
    await page?.end();
    line.close();
    await server.kill();
    await rm(data, { recursive: true, force: true });
  }
}

/** A reply that is being written, as the server itself tells it. */
interface Written {
  readonly conversation: string;
  readonly message: string;
  readonly reply: string;
  /** What its log says by now. */
  text(): Promise<string>;
  stop(): Promise<void>;
  /** What its branch says of it; undefined while it does not. */
  stored(): Promise<string | undefined>;
}

async function ask(url: string): Promise<Written> {
  const { execute } = serversAt(() => url).any();
  const reads = readsAt(() => url);
  const [conversation, message, reply] = [`c${randomUUID()}`, `m${randomUUID()}`, `r${randomUUID()}`];
  const model = { source: 'sim', id: 'sim' };
  await execute('create', { conversation });
  await execute('send', { conversation, message, parent: null, text: 'Count', reply, model });
  let [known, at]: [Reply, string] = [emptyReply, START];
  return {
    ...{ conversation, message, reply },
    text: async () => {
      const { items, next } = await readAll(reads, replyStream(conversation, reply), at);
      [known, at] = [foldReply(known, items as ReplyItem[]), next];
      return textOf(known.parts);
    },
    stop: async () => void (await execute('stop', { conversation, reply })),
    stored: async () => {
      const { items } = await readAll(reads, branchStream(conversation, message), START);
      const found = (items as Message[]).find(({ id }) => id === reply);
      return found && textOf(found.parts);
    },
  };
}

interface RunOptions {
  readonly line: Line;
  readonly page: Page;
  readonly random: Random;
  readonly log: Written;
}

class Run {
  readonly #options: RunOptions;
  readonly #back = new Map<Kind, number[]>();
  readonly #violations: string[] = [];
  #cuts = 0;
  #length = 0;

  constructor(options: RunOptions) {
    this.#options = options;
  }

  report(): CutReport {
    const violations = [...this.#violations];
    return { cuts: this.#cuts, back: new Map(this.#back), length: this.#length, violations };
  }

  /** One cut, to the moment when all is well again. */
  async cut(kind: Kind): Promise<void> {
    const { page, line, random } = this.#options;
    await this.#shows(`before cut ${this.#cuts + 1}`);
    await page.until(() => page.state === 'live', PATIENCE);
    await sleep(random.below(200));
    await KINDS[kind]({ page, line, random });
    const returned = performance.now();
    this.#cuts += 1;
    await this.#goesOn();
    await this.#shows(`cut ${this.#cuts}, ${kind}`, kind === 'silent' ? LONG_PATIENCE : PATIENCE);
    this.#back.set(kind, [...(this.#back.get(kind) ?? []), performance.now() - returned]);
  }

  /** The reply has been stopped: log, branch and page say the same of it. */
  async verdict(): Promise<void> {
    const { page, log } = this.#options;
    const loaded = await page.until(
      () => page.messages.has(log.reply) && page.messages.has(log.message),
      PATIENCE,
    );
    if (!loaded) this.#violations.push('the page never loaded the messages');
    await this.#shows('in the end');
    const text = await log.text();
    if (page.text !== text) this.#violations.push(differing('the page shows', page.text, text));
    if (page.takenBack > 0) this.#violations.push(`words were taken back ${page.takenBack} times`);
    for (const [who, said] of [
      ['the branch', await log.stored()],
      ['the message', page.messages.get(log.reply)],
    ] as const)
      if (said !== text) this.#violations.push(differing(`${who} says`, said ?? '', text));
  }

  /** Waits for the next words in the log: a page that lost its connection knows nothing of them. */
  async #goesOn(): Promise<void> {
    const { log } = this.#options;
    const { length } = await log.text();
    while ((await log.text()).length === length) await sleep(5);
  }

  /** Waits until the page shows what the log says now. */
  async #shows(when: string, patience = PATIENCE): Promise<void> {
    const { page, log } = this.#options;
    const said = await log.text();
    this.#length = said.length;
    const is = await page.until(() => page.text.length >= said.length, patience);
    if (is && page.text.startsWith(said)) return;
    this.#violations.push(differing(`${when}: the page shows`, page.text, said));
  }
}

function differing(what: string, shown: string, said: string): string {
  const at = [...said].findIndex((letter, n) => shown[n] !== letter);
  const around = (text: string): string => text.slice(Math.max(0, at - 20), at + 20);
  return `${what} ${shown.length} of ${said.length} characters, otherwise at ${at}: “${around(shown)}” for “${around(said)}”`;
}
