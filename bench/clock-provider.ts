/**
 * An OpenAI-compatible provider whose every token is the time it was sent, so that the page can say how long it took to
 * be painted. The model's id gives count and pace: `clock:500x100` sends 500 tokens at 100 a second.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ClockProvider {
  readonly baseUrl: string;
  /** Bytes of what it was asked so far. */
  readonly received: () => number;
  close(): void;
}

export async function startClockProvider(models: readonly string[]): Promise<ClockProvider> {
  let received = 0;
  const server = createServer(async (request, response) => {
    if (request.url?.endsWith('/models')) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ object: 'list', data: models.map((id) => ({ id, object: 'model' })) }));
      return;
    }
    let body = '';
    for await (const chunk of request) body += chunk;
    received += Buffer.byteLength(body);
    const [, count, pace] = /clock:(\d+)x(\d+)/.exec(JSON.parse(body).model) ?? ['', '100', '20'];
    response.setHeader('content-type', 'text/event-stream');
    sendTokens(response, Number(count), Number(pace));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    received: () => received,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Sends what is due by the clock, so that a late timer does not slow the pace. */
function sendTokens(response: ServerResponse, count: number, pace: number): void {
  const started = Date.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.min(count, Math.floor(((Date.now() - started) * pace) / 1000) + 1);
    for (; sent < due; sent += 1) response.write(event({ content: `t${Date.now()} ` }));
    if (sent < count) return;
    clearInterval(timer);
    response.write(event({}, 'stop'));
    response.end('data: [DONE]\n\n');
  }, 5);
  response.on('close', () => clearInterval(timer));
}

function event(delta: object, finish: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  return `data: ${JSON.stringify({ id: 'clock', object: 'chat.completion.chunk', choices })}\n\n`;
}
