/**
 * What was read from an engine elsewhere, kept in the data folder so that it is read once. May be deleted at any time; what was used
 * longest ago goes first.
 */
import { hashOf } from './accept-upload.ts';
import { HashFolder } from './by-hash.ts';

/** Bytes kept. */
const CACHE_LIMIT = 500_000_000;

export interface ContentCache {
  /** Null where it is not kept, or is damaged. */
  read(hash: string): Promise<Uint8Array | null>;
  /** What cannot be kept is not: `trouble` is told. */
  keep(hash: string, content: Uint8Array): Promise<void>;
  forget(hash: string): Promise<void>;
}

export interface CacheOptions {
  readonly folder: string;
  readonly trouble: (error: unknown) => void;
  /** ms since the epoch. Default: the real time. */
  readonly now?: () => number;
  /** Bytes. Default: `CACHE_LIMIT`. */
  readonly limit?: number;
}

export function createCache({
  folder,
  trouble,
  now = Date.now,
  limit = CACHE_LIMIT,
}: CacheOptions): ContentCache {
  const files = new HashFolder(folder, now);
  /** Bytes there are, once it is known. */
  let size: Promise<number> | undefined;
  const measured = async (): Promise<number> => {
    await files.clearBrokenUploads();
    const found = await Promise.all((await files.hashes()).map((hash) => files.about(hash)));
    return found.reduce((sum, about) => sum + (about?.size ?? 0), 0);
  };

  const makeRoom = async (): Promise<number> => {
    const kept = await Promise.all(
      (await files.hashes()).map(async (hash) => ({ hash, about: await files.about(hash) })),
    );
    kept.sort((a, b) => (a.about?.used ?? 0) - (b.about?.used ?? 0));
    let left = kept.reduce((sum, { about }) => sum + (about?.size ?? 0), 0);
    for (const { hash, about } of kept) {
      // To four fifths, so that not every file makes room anew.
      if (left <= limit * 0.8) break;
      await files.remove(hash);
      left -= about?.size ?? 0;
    }
    return left;
  };

  return {
    async read(hash) {
      try {
        const content = await files.read(hash);
        if (!content) return null;
        if (hashOf(content) !== hash) {
          await files.remove(hash);
          return null;
        }
        await files.touch(hash);
        return content;
      } catch (error) {
        trouble(error);
        return null;
      }
    },
    async keep(hash, content) {
      try {
        if (content.byteLength > limit || (await files.about(hash))) return;
        const before = await (size ?? measured());
        await files.put(hash, content);
        // Clocks of disks tick too slowly to tell several apart.
        await files.touch(hash);
        const after = before + content.byteLength;
        size = Promise.resolve(after > limit ? await makeRoom() : after);
      } catch (error) {
        size = undefined;
        trouble(error);
      }
    },
    async forget(hash) {
      await files.remove(hash).catch(trouble);
    },
  };
}
