/** A reverse proxy on a link of so many bits a second and so many ms each way, shared by all that goes over it, as a phone has it. Loopback only. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SlowLink {
  readonly url: string;
  /** What answers go over it from now on. */
  set(bits: number, delay: number): void;
  /** Bytes of answers since this was asked last. */
  bytes(): number;
  close(): void;
}

/** Most bytes that are sent in one piece: others share the link. */
const PIECE = 4_000;

export async function startSlowLink(target: () => number): Promise<SlowLink> {
  let [bits, delay, free, sent] = [1e9, 0, 0, 0];
  const pass = async (bytes: number): Promise<void> => {
    const now = performance.now();
    free = Math.max(now, free) + (bytes * 8_000) / bits;
    sent += bytes;
    if (free - now > 1) await sleep(free - now);
  };
  const server = createServer(async (incoming, outgoing) => {
    await sleep(delay);
    const upstream = request(
      {
        host: '127.0.0.1',
        port: target(),
        path: incoming.url,
        method: incoming.method,
        headers: { ...incoming.headers, 'x-forwarded-for': '10.0.0.1' },
      },
      (answer) => void passOn(answer, outgoing).catch(() => outgoing.destroy()),
    );
    upstream.on('error', () => outgoing.destroy());
    outgoing.on('close', () => upstream.destroy());
    incoming.pipe(upstream);
  });
  async function passOn(answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    await sleep(delay);
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    outgoing.flushHeaders();
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; at += PIECE) {
        const piece = chunk.subarray(at, at + PIECE);
        await pass(piece.length);
        outgoing.write(piece);
      }
    }
    outgoing.end();
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    set: (...given) => {
      [bits, delay] = given;
    },
    bytes: () => {
      const since = sent;
      sent = 0;
      return since;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function sleep(duration: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, duration));
}
