/** For tests: a reader of the live endpoint. */
import type { LiveLine, LiveRequest } from '../../../protocol/index.ts';
import { LIVE_PATH, liveLineSchema } from '../../../protocol/index.ts';

export interface Connection {
  /** The next line; undefined when the connection has ended. */
  next(): Promise<LiveLine | undefined>;
  /** Goes away without a word. */
  leave(): void;
}

/** The caller leaves it. Throws if the server refuses. */
export async function connect(
  url: string,
  streams: LiveRequest['streams'],
  headers: Record<string, string> = {},
): Promise<Connection> {
  const leaving = new AbortController();
  const response = await fetch(`${url}${LIVE_PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ streams }),
    signal: leaving.signal,
  });
  if (!response.ok || !response.body) throw new Error(`refused: ${await response.text()}`);
  const lines = linesOf(response.body);
  return {
    async next() {
      const { value, done } = await lines.next();
      return done ? undefined : liveLineSchema.parse(JSON.parse(value));
    },
    leave: () => leaving.abort(),
  };
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
}
