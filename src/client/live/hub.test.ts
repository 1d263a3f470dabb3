import { beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionView } from '../types.ts';
import { type Connection, Hub } from './hub.ts';
import type { FromConnection, ToConnection } from './messages.ts';

/** Follows in memory; the test plays the server. */
class Wire implements Connection {
  readonly cursors = new Map<string, string>();
  readonly told: string[] = [];
  readonly post: (message: FromConnection) => void;
  disposed = false;

  constructor(post: (message: FromConnection) => void) {
    this.post = post;
  }
  get size() {
    return this.cursors.size;
  }
  position(stream: string) {
    return this.cursors.get(stream);
  }
  send(message: ToConnection) {
    if (message.kind === 'follow') this.cursors.set(message.stream, message.offset);
    else if (message.kind === 'unfollow') this.cursors.delete(message.stream);
    else this.told.push(message.kind === 'network' ? `online ${message.online}` : `hidden ${message.hidden}`);
  }
  dispose() {
    this.disposed = true;
  }
  frame(stream: string, next: string, closed = false) {
    const from = this.cursors.get(stream) as string;
    if (closed) this.cursors.delete(stream);
    else this.cursors.set(stream, next);
    this.post({ kind: 'frame', stream, from, next, items: [next], ...(closed && { closed }) });
  }
  view(kind: ConnectionView['kind']) {
    this.post({ kind: 'state', view: { kind } });
  }
}

let wires: Wire[];
let hub: Hub;
const wire = () => wires[0] as Wire;

beforeEach(() => {
  wires = [];
  hub = new Hub((post) => {
    const made = new Wire(post);
    wires.push(made);
    return made;
  });
});

function tab() {
  const said: string[] = [];
  const joined = hub.join((message) => {
    if (message.kind === 'state') said.push(message.view.kind);
    else if (message.kind === 'gone') said.push(`gone ${message.stream}`);
    else said.push(`${message.stream} ${message.from}-${message.next} ${message.items.length}`);
  });
  said.length = 0;
  return {
    said,
    follow: (stream: string, offset = '0') => joined.send({ kind: 'follow', stream, offset }),
    unfollow: (stream: string) => joined.send({ kind: 'unfollow', stream }),
    network: (online: boolean) => joined.send({ kind: 'network', online }),
    hide: (hidden: boolean) => joined.send({ kind: 'visibility', hidden }),
    leave: joined.leave,
  };
}

describe('one connection for the tabs of a browser', () => {
  it('follows what any tab follows, and gives each its own', () => {
    const [a, b] = [tab(), tab()];
    a.follow('list');
    b.follow('list');
    a.follow('one');
    expect(wires).toHaveLength(1);
    expect([...wire().cursors.keys()]).toEqual(['list', 'one']);
    wire().frame('list', '1');
    wire().frame('one', '1');
    expect(a.said).toEqual(['list 0-1 1', 'one 0-1 1']);
    expect(b.said).toEqual(['list 0-1 1']);
  });

  it('lets go of a stream with the last tab that follows it', () => {
    const [a, b] = [tab(), tab()];
    a.follow('list');
    b.follow('list');
    a.unfollow('list');
    wire().frame('list', '1');
    expect(a.said).toEqual([]);
    expect(b.said).toEqual(['list 0-1 1']);
    b.leave();
    expect(wire().size).toBe(0);
  });

  it('closing one tab disturbs none', () => {
    const [a, b] = [tab(), tab()];
    a.follow('list');
    b.follow('list');
    b.follow('two');
    a.leave();
    wire().frame('list', '1');
    wire().frame('two', '1');
    expect(b.said).toEqual(['list 0-1 1', 'two 0-1 1']);
    expect(a.said).toEqual([]);
  });

  it('tells a tab that stands elsewhere where the stream is', () => {
    const [a, b, c] = [tab(), tab(), tab()];
    a.follow('list');
    wire().frame('list', '1');
    b.follow('list', '0');
    c.follow('list', '1');
    expect(b.said).toEqual(['list 1-1 0']);
    expect(c.said).toEqual([]);
  });

  it('begins anew with what was gone or closed', () => {
    const [a, b] = [tab(), tab()];
    a.follow('reply');
    b.follow('reply');
    wire().frame('reply', '1', true);
    expect([a.said, b.said]).toEqual([['reply 0-1 1'], ['reply 0-1 1']]);
    a.follow('reply', '1');
    expect(wire().position('reply')).toBe('1');
    wire().cursors.delete('reply');
    wire().post({ kind: 'gone', stream: 'reply' });
    expect(a.said.slice(-1)).toEqual(['gone reply']);
    expect(b.said).toHaveLength(1);
  });

  it('opens a second connection above 200 streams, and lets go of it', () => {
    const a = tab();
    for (let n = 0; n < 250; n += 1) a.follow(`stream-${n}`);
    expect(wires.map(({ size }) => size)).toEqual([200, 50]);
    wires[1]?.frame('stream-249', '1');
    expect(a.said).toEqual(['stream-249 0-1 1']);
    for (let n = 200; n < 250; n += 1) a.unfollow(`stream-${n}`);
    expect(wires[1]?.disposed).toBe(true);
    for (let n = 300; n < 700; n += 1) a.follow(`stream-${n}`);
    expect(wires.filter(({ disposed }) => !disposed).map(({ size }) => size)).toEqual([200, 400]);
  });

  it('is hidden when all tabs are', () => {
    const [a, b] = [tab(), tab()];
    a.follow('list');
    a.hide(true);
    expect(wire().told).toEqual([]);
    b.hide(true);
    expect(wire().told).toEqual(['hidden true']);
    const c = tab();
    expect(wire().told).toEqual(['hidden true', 'hidden false']);
    c.leave();
    expect(wire().told).toEqual(['hidden true', 'hidden false', 'hidden true']);
  });

  it('tells the connection of a loss once, of a wish to try again each time', () => {
    const [a, b] = [tab(), tab()];
    a.follow('list');
    a.network(false);
    b.network(false);
    a.network(true);
    b.network(true);
    expect(wire().told).toEqual(['online false', 'online true', 'online true']);
  });

  it('shows the worst of its connections, to every tab', () => {
    const [a, b] = [tab(), tab()];
    for (let n = 0; n < 201; n += 1) a.follow(`stream-${n}`);
    for (const each of wires) each.view('live');
    wires[1]?.view('offline');
    expect(a.said).toEqual(['live', 'offline']);
    expect(b.said).toEqual(a.said);
  });
});

it('tells of why a connection is not there, also where that is all that is new', () => {
  const views: ConnectionView[] = [];
  const joined = hub.join((message) => void (message.kind === 'state' && views.push(message.view)));
  joined.send({ kind: 'follow', stream: 'list', offset: '0' });
  const said: ConnectionView[] = [
    { kind: 'connecting', held: true },
    { kind: 'connecting' },
    { kind: 'offline', storage: 'away' },
    { kind: 'offline', storage: 'full' },
    { kind: 'offline', signedOut: true },
  ];
  for (const view of said) for (const _twice of [1, 2]) wire().post({ kind: 'state', view: { ...view } });
  expect(views).toEqual([{ kind: 'connecting' }, ...said]);
});
