import { beforeEach, describe, expect, it } from 'vitest';
import { type Message, readOutline, VERSION, viewStream } from '../../../protocol/index.ts';
import type { OpeningPlace } from '../../../protocol/requests/opening.ts';
import { emptyTree, foldOutline, pathTo, versionsOf } from '../../../tree/index.ts';
import { type Bench, benchWith, CONVERSATION, FailingEngine, id, readTree, send } from '../testing.ts';

let made: Bench;
let engine: FailingEngine;
beforeEach(async () => {
  engine = new FailingEngine();
  made = await benchWith({ engine });
});

/** Turns one after another: m1, rm1, m2, rm2... */
async function turns(count: number, length = 10): Promise<void> {
  for (let n = 1; n <= count; n += 1) {
    await send(made, `m${n}`, n === 1 ? null : `rm${n - 1}`);
    await made.runner.say(id(`rm${n}`), 'w'.repeat(length));
    await made.runner.end(id(`rm${n}`));
    made.clock.pass(1);
  }
}

const opened = (place: OpeningPlace = {}) => made.service.opening(CONVERSATION, place);
const treeOf = (items: readonly unknown[]) => foldOutline(emptyTree, readOutline(items));
const idsOf = (messages: readonly unknown[]) => messages.map((message) => (message as Message).id);

describe('a short conversation', () => {
  it('opens with all of its outline, and the messages of its end', async () => {
    await turns(10);
    const opening = await opened();
    expect(opening).toMatchObject({ whole: true, above: 0 });
    expect(treeOf(opening?.outline ?? [])).toEqual(await readTree(engine));
    expect(idsOf(opening?.messages ?? [])).toEqual(
      [10, 9, 8, 7, 6, 5].flatMap((n) => [id(`rm${n}`), id(`m${n}`)]),
    );
  });

  it('opens empty before anything was said', async () => {
    expect(await opened()).toMatchObject({ whole: true, path: [], messages: [], view: [] });
  });

  it('is not there once it is deleted', async () => {
    await made.service.execute('delete', { conversation: CONVERSATION });
    await expect(opened()).rejects.toMatchObject({ code: 'gone' });
  });
});

describe('a long one', () => {
  it('opens with the end of its path, where it stands and how much is above', async () => {
    await turns(50);
    const opening = await opened();
    expect(opening).toMatchObject({ whole: false, above: 60, forks: false });
    expect(opening?.path.length).toBe(40);
    expect(opening?.path.at(-1)).toBe(id('rm50'));
    expect(pathTo(treeOf(opening?.outline ?? []), id('rm50'))).toEqual(opening?.path);
    const { items, upToDate } = await engine.read(opening?.segment ?? '', opening?.position ?? '');
    expect([items, upToDate]).toEqual([[], true]);
  });

  it('opens where it was viewed last, with the versions that stand there', async () => {
    await turns(50);
    await send(made, 'other', 'rm49');
    await made.runner.end(id('rother'));
    await engine.create(viewStream(CONVERSATION));
    await engine.append(viewStream(CONVERSATION), [
      { v: VERSION, kind: 'view', at: id('rm49'), leaf: id('rm50'), time: Number.MAX_SAFE_INTEGER },
    ]);
    const opening = await opened();
    expect(opening?.path.slice(-2)).toEqual([id('m50'), id('rm50')]);
    expect(versionsOf(treeOf(opening?.outline ?? []), id('m50'))).toEqual([id('m50'), id('other')]);
    expect(opening?.view.length).toBe(1);
    expect((await opened({ through: id('other') }))?.path).toContain(id('other'));
  });

  it('says that it forks, however far above what it opens with', async () => {
    await turns(50);
    await send(made, 'other', 'rm1');
    await made.runner.end(id('rother'));
    const opening = await opened({ through: id('rm50') });
    expect(opening?.path).not.toContain(id('m2'));
    expect(opening).toMatchObject({ whole: false, forks: true });
  });

  it('opens from the message that is read, and with its words', async () => {
    await turns(50);
    const opening = await opened({ at: id('m40') });
    expect(idsOf(opening?.messages ?? [])[0]).toBe(id('m40'));
    expect(opening?.messages.length).toBe(12);
  });

  it('says nothing where one reads far above the end', async () => {
    await turns(50);
    expect(await opened({ at: id('m2') })).toBeNull();
  });

  it('sends no more words than a window needs, and one message whatever its size', async () => {
    await turns(45, 30_000);
    expect((await opened())?.messages.length).toBeLessThan(8);
    await send(made, 'last', 'rm45');
    await made.runner.say(id('rlast'), 'w'.repeat(300_000));
    await made.runner.end(id('rlast'));
    expect(idsOf((await opened())?.messages ?? [])).toEqual([id('rlast')]);
  });
});
