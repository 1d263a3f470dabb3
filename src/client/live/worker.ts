/** The SharedWorker of all tabs of one build: it holds their live connections, and does nothing else. */
import { createHttp } from '../kit/http.ts';
import { LiveConnection } from './connection.ts';
import { Hub } from './hub.ts';
import { servePort } from './ports.ts';

const scope = globalThis as unknown as { onconnect: (event: MessageEvent) => void };
const http = createHttp('', (input, init) => fetch(input, init));
const hub = new Hub((post) => new LiveConnection({ http, post }));
const alive = `bough-worker-${crypto.randomUUID()}`;
const held = new Promise<void>((resolve) => {
  void navigator.locks.request(alive, () => {
    resolve();
    return new Promise<void>(() => {});
  });
});

scope.onconnect = ({ ports }) => {
  const [port] = ports;
  if (port) void held.then(() => servePort(hub, port, navigator.locks, alive));
};
