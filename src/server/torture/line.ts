/**
 * What stands between a client and a server on this machine, and can go wrong in every way. It knows bytes, not HTTP, but for one
 * thing: as a reverse proxy it calls the server by the server's name.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What becomes of connections: `open` passes all on, `held` nothing until it is `open` again; the others concern new ones alone. */
export type LineState = 'open' | 'held' | 'down' | 'wrong' | 'elsewhere';

/** How a connection ends: as of a process that died, or as of one that has said all. */
type End = 'reset' | 'end';

export interface Line {
  readonly url: string;
  set(state: LineState): void;
  /** Ends the connections that are open. @param after bytes towards the client that still pass. Resolves when one has ended. */
  cut(how: End, after?: number): Promise<void>;
  /**
   * Nothing passes any more on open connections, and neither end notices, as when a router forgets them.
   * @param which `busy`: not those the client keeps for later, which a browser closes itself where it knows of the loss
   */
  freeze(which: 'busy' | 'all'): void;
  close(): void;
}

interface Link {
  readonly near: Socket;
  readonly far: Socket;
  /** Nothing passes on it any more. */
  dead: boolean;
  /** When something last passed towards the client. */
  heard: number;
  /** Bytes towards the client until it is cut. */
  left: number;
  cut: () => void;
}

/** ms: a reply that is written says something all the time. */
const BUSY = 1_000;
const SIGN_IN =
  'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 7\r\nConnection: close\r\n\r\nSign in';
const NOTHING = 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

/** A line to a port of this machine. Whoever made it closes it. */
export async function lineTo(port: number): Promise<Line> {
  let now: LineState = 'open';
  const links = new Set<Link>();
  const server = createServer((near) => {
    near.on('error', () => {});
    if (now === 'down') near.resetAndDestroy();
    else if (now === 'wrong') near.once('data', () => near.end(SIGN_IN));
    else if (now === 'elsewhere') near.once('data', () => near.end(NOTHING));
    else add(linked(near, port, here()));
  });
  const add = (link: Link): void => {
    links.add(link);
    link.near.on('close', () => links.delete(link));
    if (now === 'held') hold(link);
  };
  const here = (): number => (server.address() as AddressInfo).port;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://${nameOf(here())}`,
    set: (state) => {
      now = state;
      for (const link of links) (state === 'held' ? hold : letGo)(link);
    },
    cut: (how, after = 0) =>
      new Promise((resolve) => {
        for (const link of links) {
          if (link.dead) continue;
          link.left = after;
          link.cut = () => {
            end(link, how);
            resolve();
          };
          if (after === 0) link.cut();
        }
      }),
    freeze: (which) => {
      const now = performance.now();
      for (const link of links) link.dead ||= which === 'all' || now - link.heard < BUSY;
    },
    close: () => {
      server.close();
      for (const { near, far } of links) for (const socket of [near, far]) socket.destroy();
    },
  };
}

const nameOf = (port: number): string => `127.0.0.1:${port}`;

/** @param to the port of the server @param here that of the line */
function linked(near: Socket, to: number, here: number): Link {
  const far = connect(to, '127.0.0.1');
  const link: Link = { near, far, dead: false, heard: 0, left: Number.POSITIVE_INFINITY, cut: () => {} };
  far.on('error', () => {}).on('close', () => !link.dead && near.destroy());
  near.on('close', () => far.destroy());
  near.on('data', (bytes: Buffer) => !link.dead && far.write(renamed(bytes, here, to)));
  far.on('data', (bytes) => {
    if (link.dead) return;
    const passing = bytes.subarray(0, link.left);
    near.write(passing);
    link.heard = performance.now();
    link.left -= passing.length;
    if (link.left === 0) link.cut();
  });
  return link;
}

function renamed(bytes: Buffer, here: number, to: number): Buffer {
  const text = bytes.toString('latin1');
  return Buffer.from(text.replace(`host: ${nameOf(here)}\r\n`, `host: ${nameOf(to)}\r\n`), 'latin1');
}

function end(link: Link, how: End): void {
  link.dead = true;
  for (const socket of [link.near, link.far]) how === 'reset' ? socket.resetAndDestroy() : socket.end();
}

function hold({ near, far }: Link): void {
  near.pause();
  far.pause();
}

function letGo({ near, far }: Link): void {
  near.resume();
  far.resume();
}
