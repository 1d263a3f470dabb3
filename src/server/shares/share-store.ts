/** Where shared pages are kept: in the data folder, or at an engine that several servers share. */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Share, shareSchema } from '../../protocol/requests/shares.ts';
import { missing } from '../files/by-hash.ts';
import { writeOwnFile } from '../whole-file.ts';

export interface ShareStore {
  /** By id. */
  all(): Promise<ReadonlyMap<string, Share>>;
  /** The page of one of them; null where it is not there any more. */
  page(share: Share): Promise<string | null>;
  /** Resolves once it is stored: the page first, for what is about one that is not there would lead nowhere. */
  keep(share: Share, html: string): Promise<void>;
  /** What it says first: without it the page is not found any more. Fine for one that is gone. */
  drop(id: string): Promise<void>;
}

/** `{id}.html`, and `{id}.json` about it, read by their owner alone. @param folder made when something is shared first */
export function openShareFolder(folder: string): ShareStore {
  const pathOf = (id: string, ending: 'json' | 'html') => join(folder, `${id}.${ending}`);
  let known: Promise<Map<string, Share>> | undefined;
  const all = () => {
    known ??= readAll(folder).catch((error) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    all,
    page: ({ id }) => readFile(pathOf(id, 'html'), 'utf8').catch(missing),
    async keep(share, html) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeOwnFile(pathOf(share.id, 'html'), html);
      await writeOwnFile(pathOf(share.id, 'json'), JSON.stringify(share));
      (await all()).set(share.id, share);
    },
    async drop(id) {
      for (const ending of ['json', 'html'] as const) await rm(pathOf(id, ending), { force: true });
      (await all()).delete(id);
    },
  };
}

/** What cannot be read is nobody's link. */
async function readAll(folder: string): Promise<Map<string, Share>> {
  const names = (await readdir(folder).catch(missing)) ?? [];
  const found = new Map<string, Share>();
  for (const name of names.filter((one) => one.endsWith('.json'))) {
    const { data } = shareSchema.safeParse(parsed(await readFile(join(folder, name), 'utf8')));
    if (data && name === `${data.id}.json`) found.set(data.id, data);
  }
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
