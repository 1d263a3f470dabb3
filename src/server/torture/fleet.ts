/** Several servers on one engine, each a process of its own, with something between them and the engine that can misbehave. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChildOptions, type ChildServer, startChild } from './child-server.ts';
import { type LineState, lineTo } from './line.ts';
import { remoteEngine } from './remote-engine.ts';

export interface Fleet {
  /** The engine itself, without what is between. */
  readonly engine: string;
  readonly servers: readonly ChildServer[];
  /** What becomes of the connections to the engine from now on; those that are open are cut. */
  line(now: LineState): void;
  /** Another server, on a data folder of its own. */
  join(): Promise<ChildServer>;
  /** Kills them all, and the engine. */
  end(): Promise<void>;
}

/** `count` servers on one engine (remote-engine.ts). Whoever starts a fleet ends it. */
export async function startFleet(count: number, options: Omit<ChildOptions, 'streams'>): Promise<Fleet> {
  const engine = await remoteEngine('fleet');
  const { port, pathname } = new URL(engine.url);
  const between = await lineTo(Number(port));
  const streams = `${between.url}${pathname}`;
  const servers: ChildServer[] = [];
  const folders: string[] = [];
  const join_ = async (): Promise<ChildServer> => {
    const folder = await mkdtemp(join(tmpdir(), 'bough-fleet-'));
    folders.push(folder);
    const server = await startChild(folder, { ...options, streams });
    servers.push(server);
    return server;
  };
  const end = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.kill()));
    between.close();
    await engine.stop();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  };
  try {
    for (let n = 0; n < count; n += 1) await join_();
  } catch (error) {
    await end();
    throw error;
  }
  const line = (now: LineState): void => {
    between.set(now);
    void between.cut('reset');
  };
  return { engine: engine.url, servers, line, join: join_, end };
}
