/** One of the servers of a simulated round. It dies without a word; then nothing of it goes on. */
import type { CommandInput, CommandName, CommandOutput } from '../../../protocol/index.ts';
import { type ConversationService, createConversations } from '../index.ts';
import type { Append } from '../kit/append.ts';
import { FaultyEngine } from './faulty-engine.ts';
import { SimRunner } from './sim-runner.ts';
import type { World } from './world.ts';

export class Died extends Error {}

export interface ServerOptions {
  /** Knows that no other server writes: ends open replies by itself when it starts. */
  readonly alone?: boolean;
  /** In place of the append of the write order. */
  readonly append?: Append;
}

export class SimServer {
  readonly service: ConversationService;
  readonly told: boolean;
  #runner: SimRunner | undefined;
  #dead = false;
  #die: (error: Died) => void = () => {};
  readonly #death: Promise<never>;
  readonly #ready: Promise<void>;

  constructor(world: World, { alone = false, append }: ServerOptions) {
    this.told = !world.coarse && world.random.chance(0.7);
    this.#death = new Promise((_, reject) => {
      this.#die = reject;
    });
    this.#death.catch(() => {});
    const skew = world.random.below(4_000) - 2_000;
    this.service = createConversations({
      engine: new FaultyEngine(world, this),
      models: { describe: () => ({ name: 'Sim' }) },
      runner: (home) => {
        this.#runner = new SimRunner(world, home);
        return this.#runner;
      },
      alone,
      forkDepth: world.random.pick([1, 1, 2, 64]),
      segmentItems: world.segmentItems,
      now: () => world.now() + skew,
      schedule: world.scheduleFor(this),
      ...(append && { append }),
    });
    this.#ready = this.#start(alone);
    this.#ready.catch(() => {});
  }

  get dead(): boolean {
    return this.#dead;
  }

  crash(): void {
    this.#dead = true;
    this.#die(new Died('the server is gone'));
  }

  writes(reply: string): boolean {
    return !this.#dead && this.#runner?.running(reply) === true;
  }

  get busy(): boolean {
    return !this.#dead && this.#runner?.busy === true;
  }

  execute<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>> {
    return this.#alive(this.#ready.then(() => this.service.execute(name, input)));
  }

  /** A call that may be cut by the server's death: then throws `Died`. */
  #alive<T>(call: Promise<T>): Promise<T> {
    call.catch(() => {});
    return Promise.race([call, this.#death]);
  }

  /** A server that is alone serves nobody before it has repaired; others repair while they serve. */
  async #start(alone: boolean): Promise<void> {
    if (!alone) {
      this.service.start().catch(() => {});
      return;
    }
    while (!(await this.service.start().then(ended, failed)));
  }

  open(conversation: string): Promise<void> {
    return this.#alive(this.#ready.then(() => this.service.open(conversation)));
  }

  interrupt(conversation: string, reply: string): Promise<void> {
    return this.#alive(this.service.interrupt(conversation, reply));
  }
}

const ended = () => true;
const failed = () => false;
