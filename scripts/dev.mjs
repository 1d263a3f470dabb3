/**
 * `npm run dev`: the server restarts when its sources change, the page reloads by itself (Vite). Open the page's address;
 * /api and /v1 go on to the server, which keeps its conversations in .bough/ here unless BOUGH_DATA says otherwise.
 */
import { spawn } from 'node:child_process';
import { createServer as createSocket } from 'node:net';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { root } from './stamp.mjs';

await ensureInstalled();
const { createServer } = await import('vite');

const port = await freePort();
process.env.BOUGH_DEV_API = `http://127.0.0.1:${port}`;
const page = await createServer({ root });
await page.listen();
page.printUrls();

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
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    child.kill(signal);
    await page.close();
  });
}

/** A port nobody listens on, for a server whose address only the proxy must know. */
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
