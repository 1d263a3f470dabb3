import { beforeEach, describe, expect, it } from 'vitest';
import { versionsOf } from '../../../tree/index.ts';
import { type Bench, benchWith, CONVERSATION, FailingEngine, id, MODEL, readTree, send } from '../testing.ts';

let made: Bench;
let engine: FailingEngine;

beforeEach(async () => {
  engine = new FailingEngine();
  made = await benchWith({ engine });
});

const wanted = (...names: string[]) => names.map((name) => ({ id: id(name), model: MODEL }));
const input = (...names: string[]) => ({
  ...{ conversation: CONVERSATION, message: id('a'), parent: null, text: 'Which city?' },
  replies: wanted(...names),
});
const tree = () => readTree(engine);
const origins = async (...names: string[]) => {
  const { generations } = await tree();
  return names.map((name) => generations.get(id(name))?.origin.kind);
};

describe('several replies at once', () => {
  it('to what is sent: the first in the place after it, each of the others a version', async () => {
    const answer = await made.service.execute('send', input('r1', 'r2', 'r3'));
    expect(answer).toMatchObject({ message: id('a'), forked: false });
    const { generations } = await tree();
    const branches = ['r1', 'r2', 'r3'].map((name) => generations.get(id(name))?.branch);
    expect(branches).toEqual([id('a'), id('r2'), id('r3')]);
    expect(await origins('r1', 'r2', 'r3')).toEqual(['send', 'regenerate', 'regenerate']);
    for (const name of ['r3', 'r1', 'r2']) {
      await made.runner.say(id(name), `says ${name}`);
      await made.runner.end(id(name));
    }
    expect(versionsOf(await tree(), id('r1'))).toEqual(['r1', 'r2', 'r3'].map(id));
  });

  it('to an edit, and anew', async () => {
    await send(made, 'a', null);
    const edit = { conversation: CONVERSATION, of: id('a'), message: id('b'), text: 'Another' };
    await made.service.execute('edit', { ...edit, replies: wanted('e1', 'e2') });
    expect(await origins('e1', 'e2')).toEqual(['send', 'regenerate']);
    const again = { conversation: CONVERSATION, parent: id('b'), replies: wanted('n1', 'n2') };
    expect((await made.service.execute('regenerate', again)).message).toBe(id('n1'));
    const { children } = await tree();
    expect(children.get(id('b'))).toEqual(['e1', 'e2', 'n1', 'n2'].map(id));
  });

  it('said again: asks for what is missing, and answers the same', async () => {
    const answer = await made.service.execute('send', input('r1', 'r2'));
    expect(await made.service.execute('send', input('r1', 'r2'))).toEqual(answer);
    expect(await made.service.execute('send', input('r1', 'r2', 'r3'))).toEqual(answer);
    expect((await tree()).children.get(id('a'))).toEqual(['r1', 'r2', 'r3'].map(id));
  });

  it('are refused together, before anything is written', async () => {
    const nobody = { source: 'nobody', id: 'nobody' };
    const bad = { ...input('r1'), replies: [...wanted('r1'), { id: id('r2'), model: nobody }] };
    await expect(made.service.execute('send', bad)).rejects.toMatchObject({ code: 'unknown-model' });
    expect((await tree()).messages.size).toBe(0);
  });
});
