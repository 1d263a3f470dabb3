/** A client made of signals, in place of src/client/hooks: what tests of the thread talk to. */
import { useSyncExternalStore } from 'react';
import { vi } from 'vitest';
import type { MessageView, PendingSend, ReplyView } from '../../client/types.ts';
import type { Message, Part } from '../../protocol/index.ts';
import type { Finish, Generation, MessageHeader } from '../../tree/index.ts';

const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const changed = () => {
  for (const listener of [...listeners]) listener();
};

const messages = new Map<string, MessageView>();
const replies = new Map<string, ReplyView>();
/** How often each message was asked for: once a render of its row. */
export const renders = new Map<string, number>();
const nothing: MessageView = {};
const silent: ReplyView = { parts: [], seq: -1 };

export const actions = {
  edit: vi.fn((_input: unknown) => ({ message: 'version-new-1' })),
  regenerate: vi.fn(async (_input: unknown) => ({ reply: 'reply-new-1' })),
  retrySend: vi.fn((_message: string) => {}),
  read: vi.fn(async (_conversation: string, id: string): Promise<Message> => {
    const { message } = messages.get(id) ?? nothing;
    if (!message) throw new Error('Bough could not be reached.');
    return message;
  }),
  discardSend: vi.fn((_message: string): PendingSend | undefined => undefined),
};

/** Replaces what the hooks give; wrap in `act`. */
export const client = {
  load: (message: Message) => {
    messages.set(message.id, { message });
    changed();
  },
  fail: (id: string, error: string) => {
    messages.set(id, { error });
    changed();
  },
  /** Bough is away, and the browser does not keep it. */
  miss: (id: string) => {
    messages.set(id, { error: 'Bough could not be reached.', away: true });
    changed();
  },
  say: (id: string, parts: readonly Part[], end?: Finish) => {
    replies.set(id, { parts, seq: (replies.get(id)?.seq ?? 0) + 1, ...(end && { end }) });
    changed();
  },
  forget: () => {
    messages.clear();
    replies.clear();
    vi.clearAllMocks();
  },
};

const models = {
  status: 'ready',
  models: [
    { ref: { source: 'local', id: 'big' }, name: 'Big', sourceName: 'local', demo: false, kind: 'chat' },
    {
      ...{ ref: { source: 'local', id: 'narrow' }, name: 'Narrow', sourceName: 'local', demo: false },
      ...{ kind: 'chat', imageLimit: 4_000_000 },
    },
  ],
  problems: [],
  sources: [],
  refresh: () => {},
  refreshing: false,
};

const connection = { kind: 'live' };

const access = { isHeard: true, signedOut: false, readOnly: false };

/** The hooks as src/client/hooks exports them, as far as the thread uses them. */
export const hooks = {
  useAccess: () => access,
  useAnswering: () => undefined,
  useConnection: () => connection,
  useMessage: (_conversation: string, header: MessageHeader | undefined) => {
    if (header) renders.set(header.id, (renders.get(header.id) ?? 0) + 1);
    return useSyncExternalStore(subscribe, () => (header && messages.get(header.id)) ?? nothing);
  },
  useIsLoaded: (_conversation: string, id: string) =>
    useSyncExternalStore(subscribe, () => messages.get(id)?.message !== undefined),
  useKeptReply: (_conversation: string, id: string, wanted: boolean) =>
    useSyncExternalStore(subscribe, () => (wanted ? replies.get(id) : undefined)),
  useReply: (_conversation: string, generation: Generation) =>
    useSyncExternalStore(subscribe, () => replies.get(generation.id) ?? silent),
  useActions: () => actions,
  useModels: () => models,
};
