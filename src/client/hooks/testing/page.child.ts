/**
 * A page without a screen, in a process of its own: follows one reply as an open thread does, and tells its parent what it would
 * show. What happens to the tab, its parent says.
 */
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { textOf } from '../../../protocol/index.ts';
import type { MessageHeader } from '../../../tree/index.ts';
import { createBough } from '../../bough.ts';
import { LiveConnection } from '../../live/connection.ts';
import { Hub } from '../../live/hub.ts';
import type { LiveOptions } from '../../live/messages.ts';
import { servePort } from '../../live/ports.ts';
import { SharedLive } from '../../live/shared-live.ts';
import { openedOf } from '../../opened.ts';
import { FakeLocks } from '../../testing/fake-locks.ts';
import { FakeStorage } from '../../testing/fake-storage.ts';

type Happens = 'hidden' | 'visible' | 'offline' | 'online' | 'jump';

const [baseUrl = '', conversation = '', reply = '', way = ''] = process.argv.slice(2);
const HOUR = 3_600_000;
const say = (what: object): void => void process.send?.(what);

let slept = 0;
const clock = Date.now;
Date.now = () => clock() + slept;

/** A connection of its own; let go of by a hidden tab within a second. */
const alone = ({ http, post }: LiveOptions): LiveConnection =>
  new LiveConnection({ http, post, letGo: 'soon' });

/** One that tabs share: the worker's part is here, behind a port as there. */
function shared({ http, post }: LiveOptions): SharedLive {
  const locks = new FakeLocks();
  void locks.request('worker', () => new Promise<void>(() => {}));
  const hub = new Hub((hear) => alone({ http, post: hear }));
  const start = (): SharedWorker => {
    const { port1, port2 } = new MessageChannel();
    servePort(hub, port2, locks, 'worker');
    return { port: port1, onerror: null } as unknown as SharedWorker;
  };
  return new SharedLive({ post, start, locks, alone: () => Promise.reject(new Error('not in a worker')) });
}

let visibility: (hidden: boolean) => void = () => {};
let network: (online: boolean) => void = () => {};
const bough = createBough({
  queryClient: new QueryClient(),
  baseUrl,
  storage: new FakeStorage(),
  raf: (frame) => setTimeout(frame, 16),
  live: way === 'shared' ? shared : alone,
  environment: {
    isHidden: () => false,
    onVisibility: (listener) => {
      visibility = listener;
      return () => {};
    },
    onNetwork: (listener) => {
      network = listener;
      return () => {};
    },
  },
});
const { connection, queryClient } = bough;
const { messages, outlines, replies } = openedOf(bough);

let shown = '';
function show(text: string): void {
  if (text === shown) return;
  if (text.startsWith(shown)) say({ kind: 'more', text: text.slice(shown.length) });
  else say({ kind: 'otherwise', text });
  shown = text;
}

const loaded = new Set<string>();
/** As a row of the thread does. */
function load(header: MessageHeader): void {
  if (loaded.has(header.id)) return;
  loaded.add(header.id);
  const row = new QueryObserver(queryClient, messages.query(conversation, header));
  const tell = ({ data } = row.getCurrentResult()): void => {
    if (data) say({ kind: 'message', id: data.id, text: textOf(data.parts) });
  };
  row.subscribe(tell);
  tell();
}

process.on('message', (what: Happens) => {
  if (what === 'jump') slept += HOUR;
  else if (what === 'hidden' || what === 'visible') visibility(what === 'hidden');
  else network(what === 'online');
});
// It must not outlive whoever started it.
process.on('disconnect', () => process.exit());

connection.subscribe(() => say({ kind: 'state', is: connection.get().kind }));
outlines.retain(conversation);
new QueryObserver(queryClient, outlines.query(conversation)).subscribe(({ data }) => {
  for (const header of data?.tree.messages.values() ?? []) load(header);
});
replies.watch(conversation, reply, () => show(textOf(replies.peek(conversation, reply).parts)));
