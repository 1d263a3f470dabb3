import { expect, it } from 'vitest';
import { inputStream, replyStream } from '../../../protocol/index.ts';
import { readAll, START } from '../../engine/index.ts';
import { bench, benchWith, CONVERSATION, id, meanwhile, readTree, send } from '../testing.ts';

const stop = { conversation: CONVERSATION, reply: id('ra') };

it('ends a reply that runs here, with its text so far', async () => {
  const made = await benchWith();
  await send(made, 'a', null);
  await made.runner.say(id('ra'), 'Half a');
  await made.service.execute('stop', stop);
  const tree = await readTree(made.engine);
  expect(tree.messages.get(id('ra'))).toMatchObject({ preview: 'Half a', finish: { reason: 'stopped' } });
  expect(tree.generations.get(id('ra'))?.end?.reason).toBe('stopped');
  await made.service.execute('stop', stop);
});

it('tells the server that writes the reply, which ends it with all it said', async () => {
  const made = await benchWith({ alone: false });
  const other = bench({ alone: false, engine: made.engine });
  await send(made, 'a', null);
  await made.runner.say(id('ra'), 'Half a');
  await other.service.execute('stop', stop);
  expect(made.runner.running(id('ra'))).toBe(false);
  expect((await readTree(made.engine)).messages.get(id('ra'))).toMatchObject({
    preview: 'Half a',
    finish: { reason: 'stopped' },
  });
  const { items } = await readAll(made.engine, inputStream(CONVERSATION, id('ra')), START);
  expect(items).toMatchObject([{ kind: 'stop' }]);
  await other.service.execute('stop', stop);
});

it('ends a reply of a server that is stuck in its log, which fences its writer', async () => {
  const made = await benchWith({ alone: false });
  const other = bench({ alone: false, engine: made.engine });
  await send(made, 'a', null);
  made.runner.deaf = true;
  await made.runner.say(id('ra'), 'Half a');
  await meanwhile(other.service.execute('stop', stop), other.clock);
  expect(await made.runner.say(id('ra'), ' sentence')).toBe('fenced');
  await made.runner.end(id('ra'));
  expect((await readTree(made.engine)).messages.get(id('ra'))).toMatchObject({
    preview: 'Half a',
    finish: { reason: 'stopped' },
  });
});

it('ends a reply that never began', async () => {
  const made = await benchWith({ alone: false });
  const other = bench({ alone: false, engine: made.engine });
  await send(made, 'a', null);
  await made.engine.delete(replyStream(CONVERSATION, id('ra')));
  await other.service.execute('stop', stop);
  const tree = await readTree(made.engine);
  expect(tree.messages.has(id('ra'))).toBe(false);
  expect(tree.generations.get(id('ra'))?.end?.reason).toBe('stopped');
});

it('does not know replies nobody asked for', async () => {
  const made = await benchWith();
  await expect(made.service.execute('stop', stop)).rejects.toMatchObject({ status: 404, code: 'not-found' });
});
