/**
 * What is shown to others by a link: frozen pages (decision 0251) in a folder of their own, `{id}.html` and `{id}.json` about it, read by
 * their owner alone.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newId, Refusal } from '../../protocol/index.ts';
import {
  type Share,
  type ShareCommand,
  type ShareInput,
  type ShareOutput,
  shareSchema,
} from '../../protocol/shares.ts';
import { KeyedQueue } from '../conversations/kit/queue.ts';
import { writeOwnFile } from '../whole-file.ts';

export interface Shares {
  /** Commands of docs/protocol.md, "Sharing". Throws Refusal. */
  execute<N extends ShareCommand>(name: N, input: ShareInput<N>): Promise<ShareOutput<N>>;
  /** The page; null where there is none, or not any more. */
  page(secret: string): Promise<string | null>;
}

/** What is frozen of a conversation. */
export interface Frozen {
  readonly conversation: string;
  readonly part: Share['part'];
  readonly message: string | undefined;
}

const frozenOf = ({
  conversation,
  part,
  message,
}: Pick<Share, 'conversation' | 'part' | 'message'>): Frozen => ({
  ...{ conversation, part, message },
});

export interface ShareOptions {
  /** Made when something is shared first. */
  readonly folder: string;
  /** A conversation as a page, and how many messages it has. Throws Refusal. */
  readonly freeze: (
    wanted: Frozen,
  ) => Promise<{ readonly html: string; readonly title: string; readonly messages: number }>;
  /** Where others reach this server. */
  readonly address: () => string | undefined;
  /** ms since the epoch. Default: the real time. */
  readonly now?: () => number;
}

/** More links than anybody keeps an eye on. */
const MOST = 1_000;

export function createShares({ folder, freeze, address, now = Date.now }: ShareOptions): Shares {
  const queue = new KeyedQueue();
  const pathOf = (id: string, ending: 'json' | 'html') => join(folder, `${id}.${ending}`);
  let known: Promise<Map<string, Share>> | undefined;
  const all = () => {
    known ??= readAll(folder).catch((error) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  const isOver = ({ until }: Share): boolean => until !== undefined && until <= now();

  /** The page first: what is about one that is not there would lead nowhere. */
  const keep = async (share: Share, html: string): Promise<Share> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeOwnFile(pathOf(share.id, 'html'), html);
    await writeOwnFile(pathOf(share.id, 'json'), JSON.stringify(share));
    (await all()).set(share.id, share);
    return share;
  };
  const commands: { readonly [N in ShareCommand]: (input: ShareInput<N>) => Promise<ShareOutput<N>> } = {
    make: async (wanted) => {
      if ((await all()).size >= MOST)
        throw new Refusal(409, 'too-large', `There are ${MOST} shared links. Revoke some first.`);
      const { html, title, messages } = await freeze(frozenOf(wanted));
      const made = now();
      const secret = randomBytes(24).toString('base64url');
      return {
        share: await keep({ id: newId(), secret, ...wanted, title, messages, made, updated: made }, html),
      };
    },
    list: async ({ conversation }) => {
      const found = [...(await all()).values()].filter(
        (share) => conversation === undefined || share.conversation === conversation,
      );
      const at = address();
      return { shares: found.sort((a, b) => b.made - a.made), ...(at !== undefined && { address: at }) };
    },
    update: async ({ id }) => {
      const share = (await all()).get(id);
      if (!share) throw new Refusal(404, 'not-found', 'This link was revoked.');
      const { html, title, messages } = await freeze(frozenOf(share));
      return { share: await keep({ ...share, title, messages, updated: now() }, html) };
    },
    revoke: async ({ id }) => {
      // What it says first: without it the page is not found any more.
      for (const ending of ['json', 'html'] as const) await rm(pathOf(id, ending), { force: true });
      (await all()).delete(id);
      return {};
    },
  };

  return {
    execute: (name, input) => queue.run('shares', () => commands[name](input)),
    page: async (secret) => {
      const share = [...(await all()).values()].find((one) => one.secret === secret);
      if (!share || isOver(share)) return null;
      return readFile(pathOf(share.id, 'html'), 'utf8').catch(() => null);
    },
  };
}

/** What cannot be read is nobody's link. */
async function readAll(folder: string): Promise<Map<string, Share>> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
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
