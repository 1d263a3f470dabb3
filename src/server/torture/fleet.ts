/** Several servers on one engine, each a process of its own, with something between them and the engine that can misbehave. */
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { referenceServer } from '../engine/remote/testing/reference.ts';
import { type ChildOptions, type ChildServer, startChild } from './child-server.ts';

/** What stands between the servers and the engine: `open` passes everything on. */
export type Line = 'open' | 'down' | 'stalled' | 'wrong';

export interface Fleet {
  readonly servers: readonly ChildServer[];
  /** What happens to the connections to the engine from now on; those that are open are cut by `down` and `wrong`. */
  line(now: Line): void;
  /** Another server, on a data folder of its own. */
  join(): Promise<ChildServer>;
  /** Kills them all, and the engine. */
  end(): Promise<void>;
}

/**
 * Starts the reference server (or uses the engine at `BOUGH_STREAMS_URL`, below a path of this fleet's own) and `count` servers
 * on it. Whoever starts a fleet ends it.
 */
export async function startFleet(count: number, options: Omit<ChildOptions, 'streams'>): Promise<Fleet> {
  const given = process.env.BOUGH_STREAMS_URL;
  const engine = given ? null : await referenceServer();
  const between = await lineTo(Number(new URL(given ?? engine?.url ?? '').port));
  const streams = `${between.url}/fleet-${Date.now()}`;
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
    await engine?.stop();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  };
  try {
    for (let n = 0; n < count; n += 1) await join_();
  } catch (error) {
    await end();
    throw error;
  }
  return { servers, line: between.set, join: join_, end };
}

const SIGN_IN =
  'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 7\r\nConnection: close\r\n\r\nSign in';

async function lineTo(port: number) {
  let now: Line = 'open';
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    sockets.add(near);
    near.on('close', () => sockets.delete(near)).on('error', () => {});
    if (now === 'down') near.destroy();
    else if (now === 'wrong') near.once('data', () => near.end(SIGN_IN));
    else passOn(near);
  });
  const passOn = (near: Socket): void => {
    const far = connect(port, '127.0.0.1');
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
    near.on('close', () => far.destroy());
    const pass = (from: Socket, to: Socket): void =>
      void from.on('data', (bytes) => now !== 'stalled' && to.write(bytes));
    pass(near, far);
    pass(far, near);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set: (line: Line): void => {
      now = line;
      if (line !== 'stalled') for (const socket of sockets) socket.destroy();
    },
    close: (): void => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
