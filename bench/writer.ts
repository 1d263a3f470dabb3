/** A provider whose models each write one text, at a steady pace. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How long after each piece, in ms. */
const PAUSE = 5;

export interface Writer {
  /** For `OPENAI_BASE_URL`. */
  readonly url: string;
  readonly close: () => void;
}

/** `texts` by the names of models; `piece` is how many characters come every 5 ms. */
export async function startWriter(texts: Readonly<Record<string, string>>, piece: number): Promise<Writer> {
  const server = createServer((request, response) => {
    if (request.url?.endsWith('/models')) {
      const data = Object.keys(texts).map((id) => ({ id, object: 'model' }));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ object: 'list', data }));
      return;
    }
    let asked = '';
    request.on('data', (some) => {
      asked += some;
    });
    request.on('end', () => {
      const { model } = JSON.parse(asked) as { readonly model: string };
      write(response, model, texts[model] ?? '', piece);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function write(response: ServerResponse, id: string, text: string, piece: number): void {
  response.setHeader('content-type', 'text/event-stream');
  const say = (delta: object, finish: string | null = null) => {
    const choices = [{ index: 0, delta, finish_reason: finish }];
    response.write(`data: ${JSON.stringify({ id, object: 'chat.completion.chunk', choices })}\n\n`);
  };
  const began = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.min(text.length, Math.ceil((performance.now() - began) / PAUSE) * piece);
    for (; sent < due; sent += piece) say({ content: text.slice(sent, sent + piece) });
    if (sent < text.length) return;
    clearInterval(timer);
    say({}, 'stop');
    response.end('data: [DONE]\n\n');
  }, PAUSE);
  response.on('close', () => clearInterval(timer));
}
