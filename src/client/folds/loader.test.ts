import { describe, expect, it } from 'vitest';
import type { Message } from '../../protocol/index.ts';
import { emptyTree, foldOutline, type MessageHeader } from '../../tree/index.ts';
import { createHttp } from '../kit/http.ts';
import { PAGE, rangesFor } from '../kit/ranges.ts';
import { StreamReader } from '../kit/streams.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { stored, thread } from '../testing/script.ts';
import { MessageLoader } from './loader.ts';

const id = 'conversation-1';
const treeOf = (headers: readonly MessageHeader[]) =>
  foldOutline(
    emptyTree,
    headers.map((message) => ({ kind: 'message', message })),
  );
const nothing = () => false;

/** 120 messages, and a fork of two messages after number 100. */
function forked() {
  const server = new FakeServer();
  const trunk = thread(server, id, 120);
  const parent = trunk[99] as MessageHeader;
  const own = stored(server, id, { id: 'fork-0001', parent: parent.id, branch: 'fork-0001', time: 500 });
  const reply = {
    id: 'fork-0002',
    parent: 'fork-0001',
    role: 'assistant' as const,
    branch: 'fork-0001',
    time: 501,
  };
  const fork = [own, stored(server, id, reply)];
  return { server, trunk, fork, tree: treeOf([...trunk, ...fork]) };
}

function setUp() {
  const { server, trunk, fork, tree } = forked();
  const found: Message[] = [];
  const loader = new MessageLoader({
    reader: new StreamReader(createHttp('', server.fetch)),
    tree: () => tree,
    has: (_, message) => found.some((known) => known.id === message),
    found: (_, messages) => found.push(...messages),
  });
  const load = (header: MessageHeader | undefined, signal = new AbortController().signal) =>
    loader.load(id, header as MessageHeader, signal);
  return { server, trunk, fork, found, load };
}

describe('ranges', () => {
  const names = (ranges: readonly (readonly MessageHeader[])[]) =>
    ranges.map((range) => `${range[0]?.id} ${range.length} ${range[range.length - 1]?.id}`);

  it('a few messages at the end are filled up to a page with those before', () => {
    const { trunk, tree } = forked();
    const wanted = trunk.slice(112);
    expect(names(rangesFor(tree, wanted, nothing))).toEqual(['message-00071 50 message-00120']);
  });

  it('messages at the beginning are filled up with those after', () => {
    const { trunk, tree } = forked();
    expect(names(rangesFor(tree, trunk.slice(0, 3), nothing))).toEqual(['message-00001 50 message-00050']);
  });

  it('inherited messages are read from the branch that owns them', () => {
    const { trunk, fork, tree } = forked();
    const ranges = rangesFor(tree, [...trunk.slice(95, 100), ...fork], nothing);
    expect(names(ranges)).toEqual(['fork-0001 2 fork-0002', 'message-00051 50 message-00100']);
  });

  it('what is known is not read again, unless it lies between', () => {
    const { trunk, tree } = forked();
    const known = new Set(trunk.slice(70).map((header) => header.id));
    const has = (message: string) => known.has(message) && message !== 'message-00110';
    expect(names(rangesFor(tree, [trunk[69] as MessageHeader], has))).toEqual([
      'message-00021 50 message-00070',
    ]);
    const both = [trunk[99], trunk[109]] as MessageHeader[];
    const rest = (message: string) => !both.some((header) => header.id === message);
    expect(names(rangesFor(tree, both, rest))).toEqual(['message-00100 11 message-00110']);
  });

  it('more than a page takes several', () => {
    const { trunk, tree } = forked();
    const ranges = rangesFor(tree, trunk, nothing);
    expect(ranges).toHaveLength(3);
    expect(new Set(ranges.flat()).size).toBe(120);
    expect(ranges.every((range) => range.length <= PAGE)).toBe(true);
  });
});

describe('loading messages', () => {
  it('asks once for what is wanted in one tick, and keeps what came along', async () => {
    const { server, trunk, found, load } = setUp();
    const messages = await Promise.all(trunk.slice(110).map((header) => load(header)));
    expect(messages.map((message) => message.id)).toEqual(trunk.slice(110).map((header) => header.id));
    expect(server.requests).toHaveLength(1);
    expect(found).toHaveLength(40);
  });

  it('who comes while a page is on its way waits for that page', async () => {
    const { server, trunk, load } = setUp();
    server.before = () => new Promise((resolve) => setTimeout(resolve, 20));
    const first = load(trunk[119]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const [one, two] = await Promise.all([first, load(trunk[80])]);
    expect([one.id, two.id]).toEqual(['message-00120', 'message-00081']);
    expect(server.requests).toHaveLength(1);
  });

  it('switching to a fork reads the fork’s own messages only', async () => {
    const { server, trunk, fork, found, load } = setUp();
    found.push(...(await Promise.all(trunk.slice(50, 100).map((header) => load(header)))));
    const before = server.requests.length;
    await Promise.all(fork.map((header) => load(header)));
    expect(server.requests.slice(before)).toEqual([`GET /v1/stream/c/${id}/b/fork-0001?offset=o0&max=2`]);
  });

  it('a failure reaches all who waited, with the server’s sentence', async () => {
    const { server, trunk, load } = setUp();
    server.down = true;
    const results = await Promise.allSettled(trunk.slice(110).map((header) => load(header)));
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
  });

  it('a message its branch does not hold fails alone', async () => {
    const { trunk, load } = setUp();
    const stranger = { ...(trunk[119] as MessageHeader), id: 'stranger-1', parent: 'message-00120' };
    const [good, bad] = await Promise.allSettled([load(trunk[119]), load(stranger)]);
    expect(good.status).toBe('fulfilled');
    expect(bad).toMatchObject({ reason: { status: 404, message: 'This message could not be found.' } });
  });

  it('a request ends when all who share it have given up', async () => {
    const { server, trunk, load } = setUp();
    const [one, two] = [new AbortController(), new AbortController()];
    const both = Promise.allSettled([load(trunk[118], one.signal), load(trunk[119], two.signal)]);
    server.before = () => new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 5));
    one.abort();
    two.abort();
    const results = await both;
    expect(results.map((result) => 'reason' in result && result.reason.name)).toEqual([
      'AbortError',
      'AbortError',
    ]);
  });

  it('who gave up before the request was made is not part of it', async () => {
    const { server, trunk, load } = setUp();
    const controller = new AbortController();
    void load(trunk[0], controller.signal);
    controller.abort();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(server.requests).toEqual([]);
  });
});
