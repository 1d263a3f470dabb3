import { beforeEach, expect, it } from 'vitest';
import { viewStream } from '../../../protocol/index.ts';
import { readAll, START } from '../../engine/index.ts';
import { type Bench, benchWith, CONVERSATION, FailingEngine, id, readTree, send } from '../testing.ts';

let made: Bench;
let engine: FailingEngine;

beforeEach(async () => {
  engine = new FailingEngine();
  made = await benchWith({ engine });
  await send(made, 'a', null);
  await send(made, 'b', 'a');
  await send(made, 'c', 'a');
});

const view = (at: string | null, leaf: string) =>
  made.service.execute('view', { conversation: CONVERSATION, at: at && id(at), leaf: id(leaf) });

const items = async () => (await readAll(engine, viewStream(CONVERSATION), START)).items;

it('remembers the leaf viewed last under a message, in a stream made when it is needed', async () => {
  await view('a', 'b');
  await view(null, 'rc');
  expect(await items()).toMatchObject([
    { v: 1, kind: 'view', at: id('a'), leaf: id('b') },
    { v: 1, kind: 'view', at: null, leaf: id('rc') },
  ]);
});

it('touches nothing else', async () => {
  const tree = await readTree(engine);
  await view('a', 'b');
  expect(await readTree(engine)).toEqual(tree);
});

it('is refused where the leaf is not under the message, or not there', async () => {
  const refused = { status: 400, code: 'bad-request' };
  await expect(view('b', 'c')).rejects.toMatchObject(refused);
  await expect(view('a', 'a')).rejects.toMatchObject(refused);
  await expect(view(null, 'zz')).rejects.toMatchObject(refused);
  expect(await engine.head(viewStream(CONVERSATION))).toBeNull();
});

it('may be lost, which the page is told', async () => {
  engine.failNext('append', 'before', '/view');
  await expect(view('a', 'b')).rejects.toMatchObject({ status: 503 });
});

it('is there to be read before anything was viewed, of conversations that exist', async () => {
  await made.service.openView(CONVERSATION);
  expect(await items()).toEqual([]);
  await made.service.openView('nobodys-conversation');
  expect(await engine.head(viewStream('nobodys-conversation'))).toBeNull();
});
