/**
 * Shared pages at an engine: a link made at one server opens at all that share it, and one revoked at one opens at none (decision 0242).
 * What this data folder shared before is read as ever, until it is updated or revoked.
 */
import * as z from 'zod/mini';
import { count, v } from '../../protocol/fields.ts';
import { idSchema, Refusal, SHARES, sharedPageStream, VERSION } from '../../protocol/index.ts';
import { type Share, shareSchema } from '../../protocol/requests/shares.ts';
import { type ByteStreams, type Engine, StreamDamaged } from '../engine/index.ts';
import { hashOf } from '../files/accept-upload.ts';
import { type ContentCache, readPieces, writePieces } from '../files/index.ts';
import { SharedList } from '../shared-list.ts';
import type { ShareStore } from './share-store.ts';

const shareItemSchema = z.object({
  v,
  kind: z.literal('share'),
  id: idSchema,
  at: count,
  share: z.optional(shareSchema),
  /** SHA-256 of the page, in hex. */
  page: z.optional(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
  /** For good. */
  revoked: z.optional(z.literal(true)),
});
type ShareItem = z.infer<typeof shareItemSchema>;

interface ShareEntry {
  readonly at: number;
  readonly share?: Share;
  readonly page?: string;
  readonly revoked?: true;
}

/** The latest page counts; revoked is revoked. */
function merge(before: ShareEntry | undefined, { at, share, page, revoked }: ShareItem): ShareEntry {
  if (before?.revoked) return before;
  if (revoked) return { at, revoked };
  if (before && at <= before.at) return before;
  return { at, ...(share && { share }), ...(page && { page }) };
}

/** Bytes of a page: pictures and all. */
const LARGEST_PAGE = 64_000_000;

export interface SharedShareStoreOptions {
  readonly engine: Engine & ByteStreams;
  readonly cache: ContentCache;
  /** What the data folder had before. */
  readonly before: ShareStore;
  /** ms since the epoch. Default: the real time. */
  readonly now?: () => number;
}

export function openSharedShareStore({
  engine,
  cache,
  before,
  now = Date.now,
}: SharedShareStoreOptions): ShareStore {
  const register = new SharedList<ShareEntry, ShareItem>(engine, SHARES, {
    schema: shareItemSchema,
    merge,
    snapshot: (id, entry) => [{ v: VERSION, kind: 'share', id, ...entry }],
  });
  const pageOf = (id: string): string | undefined => register.entries.get(id)?.page;
  const write = (id: string, said: Omit<ShareItem, 'v' | 'kind' | 'id' | 'at'>) => {
    const at = Math.max(now(), (register.entries.get(id)?.at ?? -1) + 1);
    return register.write([{ v: VERSION, kind: 'share', id, at, ...said }]);
  };
  /** A page that is not shown any more, from its stream and from here. */
  const discard = async (id: string, hash: string | undefined): Promise<void> => {
    if (hash === undefined) return;
    await engine.delete(sharedPageStream(id, hash));
    await cache.forget(hash);
  };

  return {
    async all() {
      const entries = await register.refresh();
      const shares = new Map(await before.all());
      for (const [id, { share, revoked }] of entries) {
        if (revoked) shares.delete(id);
        else if (share) shares.set(id, share);
      }
      return shares;
    },
    async page(share) {
      const hash = pageOf(share.id);
      if (hash === undefined) return before.page(share);
      const near = await cache.read(hash);
      const stream = sharedPageStream(share.id, hash);
      const content =
        near ?? (await readPieces(engine, stream, { hash, most: LARGEST_PAGE }).catch(asDamaged));
      if (content && !near) await cache.keep(hash, content);
      return content && Buffer.from(content).toString('utf8');
    },
    async keep(share, html) {
      const content = Buffer.from(html, 'utf8');
      if (content.byteLength > LARGEST_PAGE)
        throw new Refusal(
          413,
          'too-large',
          `A shared page can have at most ${LARGEST_PAGE / 1_000_000} MB. Share a part of this chat instead.`,
        );
      const hash = hashOf(content);
      await writePieces(engine, sharedPageStream(share.id, hash), content);
      await register.refresh();
      const old = pageOf(share.id);
      await write(share.id, { share, page: hash });
      if (old !== hash) await discard(share.id, old);
      await before.drop(share.id);
    },
    async drop(id) {
      await register.refresh();
      const old = pageOf(id);
      await write(id, { revoked: true });
      await before.drop(id);
      await discard(id, old);
    },
  };
}

function asDamaged(error: unknown): never {
  if (!(error instanceof StreamDamaged)) throw error;
  throw new Refusal(
    500,
    'damaged',
    'This shared page is damaged at the storage: a part of it is missing or has changed. Whoever shared it can update it, which mends it.',
  );
}
