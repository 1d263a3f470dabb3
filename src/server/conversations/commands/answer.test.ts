import { expect, it } from 'vitest';
import { inputStream, type QuestionPart } from '../../../protocol/index.ts';
import { readAll, START } from '../../engine/index.ts';
import {
  type Bench,
  bench,
  benchWith,
  CONVERSATION,
  FailingEngine,
  id,
  meanwhile,
  send,
} from '../testing.ts';

const QUESTION: QuestionPart = {
  ...{ kind: 'question', id: 'q1', asks: 'question', title: 'Go on?' },
  options: [
    { id: 'yes', name: 'Yes' },
    { id: 'no', name: 'No' },
  ],
};
const yes = { conversation: CONVERSATION, reply: id('ra'), question: 'q1', option: 'yes' };

/** A server whose reply asks, and another on the same engine. */
async function asking(engine = new FailingEngine()): Promise<{ writes: Bench; other: Bench }> {
  const writes = await benchWith({ alone: false, engine });
  const other = bench({ alone: false, engine });
  await send(writes, 'a', null);
  await writes.runner.ask(id('ra'), QUESTION);
  return { writes, other };
}

const input = async ({ engine }: Bench) =>
  (await readAll(engine, inputStream(CONVERSATION, id('ra')), START)).items;

it('reaches the reply from the server that writes it and from any other, and is acknowledged once the log has it', async () => {
  const { writes, other } = await asking();
  expect(await other.service.execute('answer', yes)).toEqual({ option: 'yes' });
  expect(writes.runner.answers).toEqual([['q1', 'yes']]);
  const alone = await benchWith();
  await send(alone, 'a', null);
  await alone.runner.ask(id('ra'), QUESTION);
  expect(await alone.service.execute('answer', yes)).toEqual({ option: 'yes' });
});

it('counts once: who answers later is told what was answered, and writes nothing', async () => {
  const { writes, other } = await asking();
  await Promise.all([other.service.execute('answer', yes), writes.service.execute('answer', yes)]);
  const said = (await input(writes)).length;
  expect(await writes.service.execute('answer', { ...yes, option: 'no' })).toEqual({ option: 'yes' });
  expect(await other.service.execute('answer', yes)).toEqual({ option: 'yes' });
  expect(await input(writes)).toHaveLength(said);
  expect(writes.runner.answers).toEqual([['q1', 'yes']]);
});

it('survives an answer of the engine that is lost', async () => {
  const engine = new FailingEngine();
  const { writes, other } = await asking(engine);
  engine.failNext('append', 'after', `/i/${id('ra')}`);
  expect(await other.service.execute('answer', yes)).toEqual({ option: 'yes' });
  expect(writes.runner.answers).toEqual([['q1', 'yes']]);
});

it.each([
  ['what is not asked', { question: 'q2' }, 404, 'not-found'],
  ['what is not offered', { option: 'maybe' }, 400, 'bad-request'],
  ['a reply that is not there', { reply: id('rb') }, 404, 'not-found'],
])('refuses %s before anything is written', async (_, change, status, code) => {
  const { writes } = await asking();
  await expect(writes.service.execute('answer', { ...yes, ...change })).rejects.toMatchObject({
    status,
    code,
  });
  expect(await input(writes)).toEqual([]);
});

it('says that a reply has ended meanwhile', async () => {
  const { writes, other } = await asking();
  await writes.runner.end(id('ra'), { reason: 'stopped' });
  await expect(other.service.execute('answer', yes)).rejects.toMatchObject({ status: 409, code: 'ended' });
});

it('does not claim an answer that no writer took', async () => {
  const { writes, other } = await asking();
  writes.runner.deaf = true;
  const work = meanwhile(other.service.execute('answer', yes), other.clock);
  await expect(work).rejects.toMatchObject({ status: 503 });
});
