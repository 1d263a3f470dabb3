/** What is shown to others by a link: frozen pages (decision 0251). */
import { randomBytes } from 'node:crypto';
import { newId, Refusal } from '../../protocol/index.ts';
import type { Share, ShareCommand, ShareInput, ShareOutput } from '../../protocol/requests/shares.ts';
import { KeyedQueue } from '../conversations/kit/queue.ts';
import type { ShareStore } from './share-store.ts';

export interface Shares {
  /** Commands of docs/protocol.md, "Sharing". Throws Refusal. */
  execute<N extends ShareCommand>(name: N, input: ShareInput<N>): Promise<ShareOutput<N>>;
  /** The page; null where there is none, or not any more. */
  page(secret: string): Promise<string | null>;
}

/** What is frozen of a conversation. */
interface Frozen {
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
  readonly store: ShareStore;
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

export function createShares({ store, freeze, address, now = Date.now }: ShareOptions): Shares {
  const queue = new KeyedQueue();
  const isOver = ({ until }: Share): boolean => until !== undefined && until <= now();
  const keep = async (share: Share, html: string): Promise<Share> => {
    await store.keep(share, html);
    return share;
  };
  const commands: { readonly [N in ShareCommand]: (input: ShareInput<N>) => Promise<ShareOutput<N>> } = {
    make: async (wanted) => {
      if ((await store.all()).size >= MOST)
        throw new Refusal(409, 'too-large', `There are ${MOST} shared links. Revoke some first.`);
      const { html, title, messages } = await freeze(frozenOf(wanted));
      const made = now();
      const secret = randomBytes(24).toString('base64url');
      return {
        share: await keep({ id: newId(), secret, ...wanted, title, messages, made, updated: made }, html),
      };
    },
    list: async ({ conversation }) => {
      const found = [...(await store.all()).values()].filter(
        (share) => conversation === undefined || share.conversation === conversation,
      );
      const at = address();
      return { shares: found.sort((a, b) => b.made - a.made), ...(at !== undefined && { address: at }) };
    },
    update: async ({ id }) => {
      const share = (await store.all()).get(id);
      if (!share) throw new Refusal(404, 'not-found', 'This link was revoked.');
      const { html, title, messages } = await freeze(frozenOf(share));
      return { share: await keep({ ...share, title, messages, updated: now() }, html) };
    },
    revoke: async ({ id }) => {
      await store.drop(id);
      return {};
    },
  };

  return {
    execute: (name, input) => queue.run('shares', () => commands[name](input)),
    page: async (secret) => {
      const share = [...(await store.all()).values()].find((one) => one.secret === secret);
      return share && !isOver(share) ? store.page(share) : null;
    },
  };
}
