/** One address before several servers: passes everything on to the first that takes it, as a reverse proxy would. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Front {
  readonly url: string;
  /** How many requests for `path` a server is answering just now. */
  answering(path: string): number;
  close(): Promise<void>;
}

/**
 * @param servers their addresses, the preferred one first
 * @param holdsBack passes an answer on only once it is whole, as a proxy does that buffers; default: false
 */
export async function frontOf(servers: readonly string[], { holdsBack = false } = {}): Promise<Front> {
  const answering = new Map<string, number>();
  const count = (path: string, more: number) => answering.set(path, (answering.get(path) ?? 0) + more);
  const server = createServer(async (asked, response) => {
    const path = asked.url ?? '';
    count(path, 1);
    response.once('close', () => count(path, -1));
    const body = await whole(asked);
    for (const base of servers) if (await passed(base, asked, body, response, holdsBack)) return;
    response.writeHead(502).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    answering: (path) => answering.get(path) ?? 0,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** False when nobody is there; an answer that breaks off breaks off. Servers know themselves by their own names alone. */
function passed(
  base: string,
  asked: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  holdsBack: boolean,
): Promise<boolean> {
  const { host } = new URL(base);
  const headers = { ...asked.headers, host, ...(asked.headers.origin && { origin: base }) };
  return new Promise((resolve) => {
    const sent = request(`${base}${asked.url}`, { method: asked.method ?? 'GET', headers, agent: false });
    sent.on('error', () => resolve(false));
    sent.on('response', (answer) => {
      resolve(true);
      if (holdsBack)
        void whole(answer).then((held) =>
          response.writeHead(answer.statusCode ?? 502, answer.headers).end(held),
        );
      else answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers));
      answer.on('error', () => response.destroy());
      response.on('close', () => answer.destroy());
    });
    sent.end(body);
  });
}

/** What came of a message, also where it breaks off. */
async function whole(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of message) pieces.push(piece);
  } catch {
    // Whoever reads it finds out.
  }
  return Buffer.concat(pieces);
}
