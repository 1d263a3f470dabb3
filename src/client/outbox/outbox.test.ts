import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCommand } from '../kit/commands.ts';
import { createHttp } from '../kit/http.ts';
import { FakeServer, problem } from '../testing/fake-server.ts';
import { FakeStorage } from '../testing/fake-storage.ts';
import { model } from '../testing/script.ts';
import { Outbox, type Send } from './outbox.ts';
import { StoredSends } from './stored-sends.ts';

let server: FakeServer;
let storage: FakeStorage;
let outboxes: Outbox[];
let asked: [string, Record<string, unknown>][];
const isOpen = vi.fn(() => false);

function outboxOf(): Outbox {
  const command = createCommand(createHttp('', server.fetch));
  const outbox = new Outbox({ command, storedSends: new StoredSends(storage), isOpen });
  outboxes.push(outbox);
  return outbox;
}

const send = (n: number, change: Partial<Pick<Send, 'conversation' | 'parent' | 'text'>> = {}): Send => ({
  conversation: 'conversation-1',
  message: `message-${n}`,
  parent: null,
  text: `text ${n}`,
  reply: `reply-00${n}`,
  model,
  ...change,
});
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const states = (outbox: Outbox) => outbox.pending.get().map(({ message, state }) => `${message} ${state}`);

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  storage = new FakeStorage();
  outboxes = [];
  asked = [];
  isOpen.mockReturnValue(false);
  for (const name of ['create', 'send']) {
    server.commands.set(name, (input) => {
      asked.push([name, input]);
      return name === 'create'
        ? {}
        : { message: input.message, branch: 'branch-01', forked: input.text === 'stale' };
    });
  }
});
afterEach(() => {
  for (const outbox of outboxes) outbox.dispose();
  vi.useRealTimers();
});

describe('the outbox', () => {
  it('asks several at once, over a reload too; another model takes the place of the one that was refused', async () => {
    const other = { source: 'local', id: 'other' };
    const replies = [
      { id: 'reply-001', model },
      { id: 'reply-002', model: other, temperature: 0.5 },
    ];
    server.down = true;
    outboxOf().add({ ...send(1), replies }, false);
    await pass(0);
    for (const outbox of outboxes) outbox.dispose();
    server.down = false;
    const took = server.commands.get('send');
    server.commands.set('send', () => problem(422, 'unknown-model', 'Not there.', { reply: 1 }));
    const outbox = outboxOf();
    await pass(0);
    expect(outbox.pending.get()).toMatchObject([{ state: 'refused', replies }]);
    if (took) server.commands.set('send', took);
    outbox.retry('message-1', { model });
    await pass(0);
    const { reply, model: single, ...input } = asked.at(-1)?.[1] ?? {};
    expect([reply, single]).toEqual([undefined, undefined]);
    expect(input.replies).toEqual([replies[0], { ...replies[1], model }]);
  });

  it('keeps what a message quotes over a reload, and sends it', async () => {
    const of = { conversation: 'conversation-2', message: 'message-9' };
    const quotes = [{ of, author: { kind: 'user' as const }, text: 'words' }];
    server.down = true;
    const before = outboxOf();
    before.add({ ...send(1), quotes }, false);
    await pass(0);
    before.dispose();
    server.down = false;
    expect(outboxOf().pending.get()).toMatchObject([{ quotes }]);
    await pass(0);
    expect(asked.at(-1)?.[1]).toMatchObject({ quotes });
  });

  it('creates a new conversation, then sends', async () => {
    const outbox = outboxOf();
    outbox.add(send(1), true);
    expect(outbox.uncreated.get()).toEqual(new Set(['conversation-1']));
    await pass(0);
    expect(asked.map(([name]) => name)).toEqual(['create', 'send']);
    expect(asked[1]?.[1]).toEqual(send(1));
    expect(outbox.pending.get()).toEqual([]);
    expect(outbox.uncreated.get()).toEqual(new Set());
    expect(storage.length).toBe(0);
  });

  it('repeats with the same ids until it gets through', async () => {
    const outbox = outboxOf();
    server.down = true;
    outbox.add(send(1), false);
    await pass(0);
    expect(states(outbox)).toEqual(['message-1 waiting']);
    await pass(3600);
    server.down = false;
    await pass(4000);
    expect(server.count('POST /api/commands/send')).toBe(5);
    expect(asked).toEqual([['send', send(1)]]);
    expect(outbox.pending.get()).toEqual([]);
  });

  it('says what it waits for where somebody can do something about it', async () => {
    const full = 'The disk with the data folder is full.';
    server.commands.set('send', () => problem(503, 'storage-full', full));
    const outbox = outboxOf();
    outbox.add(send(1), false);
    await pass(0);
    expect(outbox.pending.get()[0]).toMatchObject({ state: 'waiting', problem: full });
    server.commands.set('send', () => problem(503, 'engine-unavailable', 'No answer.'));
    await pass(5_000);
    expect(outbox.pending.get()[0]?.state).toBe('waiting');
    expect(outbox.pending.get()[0]?.problem).toBeUndefined();
  });

  it('goes at once when the server can be reached again', async () => {
    const outbox = outboxOf();
    server.down = true;
    outbox.add(send(1), false);
    await pass(20_000);
    server.down = false;
    outbox.connected();
    await pass(0);
    expect(asked).toHaveLength(1);
  });

  it('keeps what was refused, with the reason, to be tried again or taken back', async () => {
    const outbox = outboxOf();
    const refusal = () => problem(409, 'still-writing', 'Wait for the reply, or stop it.');
    server.commands.set('send', refusal);
    outbox.add(send(1), false);
    await pass(60_000);
    expect(server.count('POST /api/commands/send')).toBe(1);
    const refused = { state: 'refused', code: 'still-writing', problem: 'Wait for the reply, or stop it.' };
    expect(outbox.pending.get()).toMatchObject([refused]);
    outbox.retry('message-1');
    expect(states(outbox)).toEqual(['message-1 sending']);
    await pass(0);
    expect(outbox.discard('message-1')).toMatchObject({ ...refused, text: 'text 1' });
    expect(outbox.pending.get()).toEqual([]);
    expect(storage.length).toBe(0);
    expect(outbox.discard('message-1')).toBeUndefined();
  });

  it('tries what was refused again in another way, which a reload keeps', async () => {
    const facts = { fits: 3, messages: 9 };
    server.commands.set('send', () => problem(422, 'context-too-large', 'Too large.', facts));
    outboxOf().add(send(1), false);
    await pass(0);
    const outbox = outboxOf();
    expect(outbox.pending.get()).toMatchObject([{ state: 'refused', code: 'context-too-large', facts }]);
    outbox.retry('message-1', { overflow: 'drop-oldest' });
    await pass(0);
    expect(outboxOf().pending.get()).toMatchObject([{ overflow: 'drop-oldest', state: 'refused' }]);
    server.commands.set('send', (input) => {
      asked.push(['send', input]);
      return { message: input.message, branch: 'branch-01', forked: false };
    });
    const other = { source: 'local', id: 'big' };
    outbox.retry('message-1', { model: other });
    await pass(0);
    expect(asked).toEqual([['send', { ...send(1), overflow: 'drop-oldest', model: other }]]);
    expect(outbox.pending.get()).toEqual([]);
  });

  it('does not take back what is under way', async () => {
    const outbox = outboxOf();
    outbox.add(send(1), false);
    expect(outbox.discard('message-1')).toBeUndefined();
    await pass(0);
    expect(asked).toHaveLength(1);
  });

  it('sends one after another in a conversation, side by side in several', async () => {
    const outbox = outboxOf();
    let open = () => {};
    server.before = () => new Promise((resolve) => (open = resolve));
    outbox.add(send(1), false);
    outbox.add(send(2, { parent: 'message-1' }), false);
    outbox.add(send(3, { conversation: 'conversation-2' }), false);
    await pass(0);
    expect(server.count('POST')).toBe(2);
    server.before = () => {};
    open();
    await pass(100);
    expect(server.count('POST')).toBe(2);
    expect(asked.map(([, input]) => input.message)).toEqual(['message-3']);
  });

  it('says when a send was forked', async () => {
    const outbox = outboxOf();
    const placed = vi.fn();
    outbox.onPlaced(placed);
    outbox.add(send(1), false);
    outbox.add(send(2, { text: 'stale' }), false);
    await pass(0);
    expect(placed.mock.calls.map(([{ message }, { forked }]) => [message, forked])).toEqual([
      ['message-1', false],
      ['message-2', true],
    ]);
  });

  it('shows an accepted send until its message is loaded, where its conversation is open', async () => {
    isOpen.mockReturnValue(true);
    const outbox = outboxOf();
    outbox.add(send(1), false);
    await pass(0);
    expect(states(outbox)).toEqual(['message-1 sending']);
    expect(storage.length).toBe(0);
    outbox.loaded('message-1');
    expect(outbox.pending.get()).toEqual([]);
  });

  it('goes on sending what the outline shows already, unseen', async () => {
    isOpen.mockReturnValue(true);
    const outbox = outboxOf();
    server.down = true;
    outbox.add(send(1), false);
    await pass(0);
    outbox.loaded('message-1');
    expect(outbox.pending.get()).toEqual([]);
    server.down = false;
    await pass(1000);
    expect(asked).toHaveLength(1);
  });
});

it('names files to the server and keeps them whole', async () => {
  const file = { kind: 'file', hash: 'aa', name: 'cat.png', type: 'image/png', size: 3 } as const;
  outboxOf().add({ ...send(1), files: [file] }, false);
  expect(new StoredSends(storage).load()[0]?.send.files).toEqual([file]);
  await pass(0);
  expect(asked[0]?.[1].files).toEqual([{ hash: 'aa', name: 'cat.png' }]);
});

describe('an edit', () => {
  const edit = (reply?: string): Send => {
    const { origin: _origin, reply: _reply, ...words } = { origin: undefined, ...send(1) };
    return { ...words, of: 'message-0', role: 'user', ...(reply && { reply }) };
  };

  beforeEach(() => {
    server.commands.set('edit', (input) => {
      asked.push(['edit', input]);
      return { message: input.message, branch: input.message, forked: true };
    });
  });

  it('goes as one, with a reply and its model or without both', async () => {
    const outbox = outboxOf();
    const words = { conversation: 'conversation-1', of: 'message-0', message: 'message-1', text: 'text 1' };
    outbox.add(edit(), false);
    await pass(0);
    outbox.add(edit('reply-001'), false);
    await pass(0);
    expect(asked).toEqual([
      ['edit', words],
      ['edit', { ...words, reply: 'reply-001', model }],
    ]);
  });

  it('is kept over a reload, what was refused of it, too', async () => {
    server.down = true;
    const before = outboxOf();
    before.add(edit(), false);
    await pass(0);
    before.dispose();
    server.down = false;
    server.commands.set('edit', () => problem(404, 'not-found', 'It does not exist.'));
    const after = outboxOf();
    await pass(0);
    const refused = { of: 'message-0', role: 'user', text: 'text 1', state: 'refused', code: 'not-found' };
    expect(after.pending.get()).toMatchObject([refused]);
    expect(outboxOf().pending.get()).toEqual(after.pending.get());
    expect(after.discard('message-1')).toMatchObject({ of: 'message-0', text: 'text 1' });
    expect(storage.length).toBe(0);
  });

  it('follows a summary that was said for it as a message of its own', async () => {
    const facts = { fits: 1, messages: 4 };
    server.commands.set('edit', () => problem(422, 'context-too-large', 'Too large.', facts));
    const outbox = outboxOf();
    outbox.add(edit('reply-001'), false);
    await pass(0);
    expect(outbox.pending.get()).toMatchObject([{ state: 'refused', of: 'message-0' }]);
    outbox.retry('message-1', { parent: 'summary-01' });
    await pass(0);
    expect(asked.at(-1)?.[0]).toBe('send');
    const words = { message: 'message-1', parent: 'summary-01', text: 'text 1', reply: 'reply-001', model };
    expect(asked.at(-1)?.[1]).toEqual({ conversation: 'conversation-1', ...words });
  });

  it('takes its turn among the sends of its conversation', async () => {
    const outbox = outboxOf();
    outbox.add({ ...send(2), origin: 'fork' } as Send, false);
    // The server sees by what it is a version of.
    outbox.add({ ...edit(), origin: 'aside' } as Send, false);
    await pass(0);
    expect(asked.map(([name, input]) => [name, input.origin])).toEqual([
      ['send', 'fork'],
      ['edit', undefined],
    ]);
  });
});

describe('the queue', () => {
  const hold = (outbox: Outbox, n: number, after = `reply-00${n - 1}`) => outbox.hold(send(n), { after });
  const ofKey = (n: number) => `bough.outbox/message-${n}`;

  it('sends nothing before it is released, and then after the message that is said', async () => {
    const outbox = outboxOf();
    hold(outbox, 1);
    outbox.add(send(2), false);
    await pass(60_000);
    expect(asked.map(([, { message }]) => message)).toEqual(['message-2']);
    expect(outbox.pending.get()).toMatchObject([{ message: 'message-1', state: 'held', after: 'reply-000' }]);
    outbox.release('message-1', 'reply-000');
    await pass(0);
    expect(asked[1]).toEqual(['send', { ...send(1), parent: 'reply-000' }]);
    expect([outbox.pending.get(), outbox.queue(), storage.length]).toEqual([[], [], 0]);
  });

  it('is kept over a reload', async () => {
    hold(outboxOf(), 1);
    const outbox = outboxOf();
    await pass(60_000);
    expect(asked).toEqual([]);
    expect(outbox.queue()).toEqual([{ send: send(1), hold: { after: 'reply-000' } }]);
    outbox.release('message-1', 'reply-000');
    await pass(0);
    expect(asked).toHaveLength(1);
  });

  it('knows the aside it is in, over a reload too; the server is not told', async () => {
    outboxOf().hold(send(1), { after: 'reply-000', inAside: 'aside-01' });
    const outbox = outboxOf();
    expect(outbox.pending.get()).toMatchObject([{ message: 'message-1', inAside: 'aside-01' }]);
    outbox.release('message-1', 'reply-000');
    await pass(0);
    expect(asked).toEqual([['send', { ...send(1), parent: 'reply-000' }]]);
  });

  it('closes ranks when one is taken out; without the message it was to follow a person decides', async () => {
    const outbox = outboxOf();
    server.down = true;
    outbox.add(send(1), false);
    for (const n of [2, 3]) hold(outbox, n);
    await pass(0);
    expect(outbox.discard('message-2')).toMatchObject({ text: 'text 2' });
    expect(outbox.queue().map(({ hold }) => hold)).toEqual([{ after: 'reply-001' }]);
    outbox.discard('message-1');
    expect(outbox.queue().map(({ hold }) => hold)).toEqual([{ after: 'reply-001', orphan: true }]);
    expect(
      outboxOf()
        .queue()
        .map(({ hold }) => hold),
    ).toEqual([{ after: 'reply-001', orphan: true }]);
  });

  it('is the same in all tabs: what one adds, removes or sends the other knows', async () => {
    const [here, there] = [outboxOf(), outboxOf()];
    hold(here, 1);
    hold(here, 2);
    for (const n of [1, 2]) there.stored(ofKey(n));
    there.stored('bough.draft/other');
    expect(states(there)).toEqual(['message-1 held', 'message-2 held']);
    there.discard('message-2');
    here.stored(ofKey(2));
    expect(states(here)).toEqual(['message-1 held']);
    server.down = true;
    here.release('message-1', 'reply-000');
    there.stored(ofKey(1));
    await pass(0);
    expect([states(here), states(there)]).toEqual([['message-1 waiting'], ['message-1 waiting']]);
  });
});

describe('over a reload', () => {
  it('what was not accepted is sent again, with the same ids', async () => {
    server.down = true;
    const before = outboxOf();
    before.add(send(1), true);
    before.add(send(2, { parent: 'message-1' }), true);
    await pass(0);
    before.dispose();
    server.down = false;
    const after = outboxOf();
    expect(states(after)).toEqual(['message-1 sending', 'message-2 sending']);
    await pass(0);
    expect(asked.map(([name, input]) => [name, input.message])).toEqual([
      ['create', undefined],
      ['send', 'message-1'],
      ['create', undefined],
      ['send', 'message-2'],
    ]);
    expect(storage.length).toBe(0);
  });

  it('what was refused stays refused', async () => {
    server.commands.set('send', () => problem(422, 'unknown-model', 'This model is not there.'));
    outboxOf().add(send(1), false);
    await pass(0);
    const after = outboxOf();
    expect(after.pending.get()).toMatchObject([{ state: 'refused', problem: 'This model is not there.' }]);
    await pass(60_000);
    expect(server.count('POST /api/commands/send')).toBe(1);
  });

  it('what another tab has taken back is not sent', async () => {
    server.down = true;
    const first = outboxOf();
    first.add(send(1), false);
    await pass(0);
    const second = outboxOf();
    await pass(0);
    first.discard('message-1');
    server.down = false;
    await pass(20_000);
    expect(asked).toEqual([]);
    expect(second.pending.get()).toEqual([]);
  });

  it('says of what the browser has no room for that it lives as long as the page, and keeps it once there is', async () => {
    server.down = true;
    const outbox = outboxOf();
    outbox.add(send(1), false);
    storage.trouble = 'full';
    outbox.add(send(2), false);
    outbox.hold(send(3), { after: 'reply-002' });
    await pass(0);
    const unkept = () => outbox.pending.get().flatMap(({ message, unkept }) => (unkept ? [message] : []));
    expect(unkept()).toEqual(['message-2', 'message-3']);
    expect(states(outboxOf())).toEqual(['message-1 sending']);
    storage.trouble = 'none';
    outbox.discard('message-1');
    expect(unkept()).toEqual([]);
    expect(states(outboxOf())).toEqual(['message-2 sending', 'message-3 held']);
  });

  it('keeps a hundred, and says of those beyond that they live as long as the page', async () => {
    server.down = true;
    const outbox = outboxOf();
    const count = 101;
    for (let n = 1; n <= count; n += 1) outbox.add(send(n), false);
    const pending = outbox.pending.get();
    expect(pending.filter(({ unkept }) => unkept).map(({ message }) => message)).toEqual([
      `message-${count}`,
    ]);
    outbox.discard('message-50');
    expect(outbox.pending.get().some(({ unkept }) => unkept)).toBe(false);
  });

  it('says nothing of what is kept already and only changed', async () => {
    server.down = true;
    const outbox = outboxOf();
    outbox.hold(send(1), { after: 'reply-000' });
    storage.trouble = 'full';
    outbox.waitForAnyEnd('message-1');
    expect(outbox.pending.get()[0]?.unkept).toBeUndefined();
  });

  it.each(['forbidden', 'full'] as const)(
    'a storage that is %s loses nothing but the reload',
    async (kind) => {
      storage.trouble = kind;
      const outbox = outboxOf();
      outbox.add(send(1), false);
      await pass(0);
      expect(asked).toHaveLength(1);
    },
  );

  it('keeps no more than a hundred, and leaves alone what it cannot read', () => {
    storage.setItem('bough.outbox/from-later', '{"v":9}');
    storage.setItem('somebody else', 'x');
    server.down = true;
    const outbox = outboxOf();
    for (let n = 10; n < 140; n += 1) outbox.add(send(n), false);
    expect(storage.length).toBe(101);
    expect(outbox.pending.get()).toHaveLength(130);
    expect(new StoredSends(undefined).load()).toEqual([]);
  });
});
