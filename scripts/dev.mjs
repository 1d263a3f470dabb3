/**
 * `npm run dev`: the server restarts when its sources change, the page reloads by itself (Vite). Open the page's address;
 * /api and /v1 go on to the server, which keeps its conversations in .bough/ here unless BOUGH_DATA says otherwise.
 */
import { spawn } from 'node:child_process';
import { connect, createServer as createSocket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureInstalled } from './install.mjs';
import { readOptions } from './options.mjs';
import { root } from './stamp.mjs';

/** How long the page waits for the server's first start, in ms; after that it comes up to show what is wrong. */
const PATIENCE = 20_000;

readOptions(`npm run dev

Runs the server and the page from their sources, and anew when these change. Settings are variables, as of npm start:
BOUGH_DATA is .bough here unless it is said; the page is at port 5173.`);

await ensureInstalled();
const port = await freePort();
const child = spawn(
  process.execPath,
  ['node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false', 'src/server/main.ts'],
  {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      BOUGH_DATA: join(root, '.bough'),
      ...process.env,
      BOUGH_PORT: String(port),
      NODE_ENV: 'development',
    },
  },
);
child.on('exit', (code) => process.exit(code ?? 0));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));

process.env.BOUGH_DEV_API = `http://127.0.0.1:${port}`;
const { createServer } = await import('vite');
const page = await createServer({ root });
for (let waited = 0; waited < PATIENCE && !(await answers(port)); waited += 100) await sleep(100);
await page.listen();
page.printUrls();

/** A free port, for a server that only the proxy has to find. */
function freePort() {
  return new Promise((resolve, reject) => {
    const socket = createSocket();
    socket.once('error', reject);
    socket.listen(0, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (answer) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', settle(true)).once('error', settle(false));
  });
}
