/**
 * `/api/imports` (docs/protocol.md, "Transfer"): what is to be imported is kept on the disk, looked through, brought in and let go of.
 */
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Hono } from 'hono';

import { fileName, Refusal } from '../../../protocol/index.ts';
import { IMPORT_LIMIT, type ImportLine, importRunSchema } from '../../../protocol/requests/transfer.ts';
import { type ImportWish, previewImport, runImport } from '../../transfer/import/run.ts';
import { chunksOf, readBody, tooLarge } from '../kit/body.ts';
import { encoderFor } from '../kit/compress-answers.ts';
import { methodNotAllowed } from '../kit/problems.ts';
import type { AppEnv, Services } from '../kit/services.ts';
import { firstOf } from '../streams/first-of.ts';
import { bodyOf, FLOWING } from '../streams/response-stream.ts';

/** What nobody brought in or let go of is cleared away, in ms. */
const FORGOTTEN = 24 * 60 * 60_000;

export function importRoutes(services: Services): Hono<AppEnv> {
  const { incoming, closing, log } = services;
  const app = new Hono<AppEnv>();
  /** What the person calls each file; of one uploaded before a restart it is not known any more. */
  const names = new Map<string, string>();

  app.post('/', async (c) => {
    if (c.req.header('content-type') !== 'application/octet-stream')
      throw new Refusal(415, 'file-type', 'A file must be sent as application/octet-stream.');
    if (Number(c.req.header('content-length') ?? 0) > IMPORT_LIMIT) throw tooLarge('A file', IMPORT_LIMIT);
    const id = randomBytes(16).toString('hex');
    await mkdir(incoming, { recursive: true, mode: 0o700 });
    await clearOld(incoming, (old) => names.delete(old));
    const size = await keep(join(incoming, id), chunksOf(c.req.raw));
    names.set(id, fileName(c.req.query('name') ?? 'the file'));
    return c.json({ id, size });
  });
  app.all('/', methodNotAllowed('POST'));

  const wishOf = async (id: string): Promise<ImportWish> => {
    const path = /^[0-9a-f]{32}$/.test(id) ? join(incoming, id) : null;
    const found = path && (await stat(path).catch(() => null));
    if (!path || !found)
      throw new Refusal(404, 'not-found', 'This file is not here any more. Choose it again.');
    return { path, name: names.get(id) ?? 'the file' };
  };

  const answer = (
    lines: (signal: AbortSignal) => AsyncGenerator<ImportLine>,
    c: Parameters<typeof encoderFor>[0],
  ) => {
    const stop = firstOf([closing]);
    const encoder = encoderFor(c);
    const texts = async function* () {
      try {
        for await (const line of lines(stop.signal)) yield `${JSON.stringify(line)}\n`;
      } finally {
        stop.release();
      }
    };
    return new Response(bodyOf(texts(), stop.abort, log, encoder), {
      headers: { 'content-type': 'application/x-ndjson', ...FLOWING, ...encoder.headers },
    });
  };

  app.post('/:id/preview', async (c) => {
    const wish = await wishOf(c.req.param('id'));
    return answer((signal) => previewImport(services, { ...wish, signal }), c);
  });
  app.post('/:id/run', async (c) => {
    const wish = await wishOf(c.req.param('id'));
    const { conversations } = await readBody(c.req.raw, importRunSchema);
    const wanted = conversations && new Set(conversations);
    return answer((signal) => runImport(services, { ...wish, signal, ...(wanted && { wanted }) }), c);
  });
  app.delete('/:id', async (c) => {
    const id = c.req.param('id');
    const { path } = await wishOf(id);
    await rm(path, { force: true });
    names.delete(id);
    return c.json({});
  });
  app.all('/:id', methodNotAllowed('DELETE'));
  app.all('/:id/*', methodNotAllowed('POST'));
  return app;
}

/** The size in bytes. What is refused, or cut off, is not kept. */
async function keep(path: string, chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  const counted = async function* () {
    for await (const chunk of chunks) {
      size += chunk.byteLength;
      if (size > IMPORT_LIMIT) throw tooLarge('A file', IMPORT_LIMIT);
      yield chunk;
    }
  };
  try {
    await pipeline(Readable.from(counted()), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    return size;
  } catch (error) {
    await rm(path, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new Refusal(
        503,
        'storage-full',
        'The disk with the data folder is full. Nothing was kept of this file.',
      );
    throw error;
  }
}

async function clearOld(folder: string, cleared: (id: string) => void): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (!found || found.mtimeMs >= Date.now() - FORGOTTEN) continue;
    await rm(path, { force: true });
    cleared(name);
  }
}
