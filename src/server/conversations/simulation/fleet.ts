/** The servers on one engine; one that dies is replaced by a fresh one, which repairs what it finds. */
import { type ServerOptions, SimServer } from './sim-server.ts';
import type { World } from './world.ts';

const SERVERS = 3;

export class Fleet {
  /** Servers that died. */
  crashes = 0;
  readonly #world: World;
  readonly #options: ServerOptions;
  #servers: SimServer[];

  /** Three servers, or one that is `alone`. */
  constructor(world: World, options: ServerOptions) {
    this.#world = world;
    this.#options = options;
    this.#servers = Array.from({ length: options.alone ? 1 : SERVERS }, () => this.#fresh());
  }

  /** One that lives, perhaps one that has just started. */
  any(): SimServer {
    return this.#world.random.pick(this.all());
  }

  all(): readonly SimServer[] {
    this.#servers = this.#servers.map((server) => (server.dead ? this.#replaced() : server));
    return this.#servers;
  }

  writes(reply: string): boolean {
    return this.#servers.some((server) => server.writes(reply));
  }

  /** A server still writes a reply. */
  busy(): boolean {
    return this.#servers.some((server) => server.busy);
  }

  /** The first of several goes on with all it knows; the others die and come back, knowing nothing. */
  restart(): void {
    for (const server of this.all().slice(this.#options.alone ? 0 : 1)) server.crash();
  }

  #replaced(): SimServer {
    this.crashes += 1;
    return this.#fresh();
  }

  #fresh(): SimServer {
    return new SimServer(this.#world, this.#options);
  }
}
