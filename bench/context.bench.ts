/**
 * What a model reads of 10,000 messages that a summary stands for, against a conversation that is as long as what the summary keeps: the
 * items of its branch that are read for it, and how long that takes, when a server reads it first and from then on. In one process, on
 * the embedded engine.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../src/protocol/index.ts';
import { type ConversationService, createConversations } from '../src/server/conversations/index.ts';
import { openEmbeddedEngine } from '../src/server/engine/embedded/index.ts';
import type { Engine } from '../src/server/engine/index.ts';
import { createRunner } from '../src/server/replies/index.ts';
import { latestOf, type Tree } from '../src/tree/index.ts';
import { writeLargeFolder } from './large-folder.ts';
import { figure, ms, percentile } from './report.ts';

const TIMES = 30;
const MESSAGES = 10_000;
/** Turns that stay word for word. */
const KEEP = 50;
const model = { source: 'bench', id: 'bench' };

const folder = await mkdtemp(join(tmpdir(), 'bough-bench-'));
try {
  const long = await measure(join(folder, 'long'), MESSAGES, true);
  const short = await measure(join(folder, 'short'), KEEP * 2, false);
  const whole = await measure(join(folder, 'whole'), MESSAGES, false);
  const told = ({ items, time, later }: typeof long) => `${items} items, ${ms(time)}, then ${ms(later)}`;
  figure(
    `a context of ${MESSAGES.toLocaleString('en')} messages with a summary that keeps ${KEEP} turns; one of ${KEEP} turns; without a summary: read`,
    '≤ 1.3 × of the second',
    `${told(long)}; ${told(short)}; ${told(whole)}: ${(long.time / short.time).toFixed(2)} ×, then ${(long.later / short.later).toFixed(2)} ×`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(data: string, messages: number, summed: boolean) {
  const [conversation = ''] = await writeLargeFolder(data, { conversations: 1, messages, patches: 0 });
  const engine = await openEmbeddedEngine(join(data));
  try {
    let tip = await withService(engine, async (service) => {
      const end = latestOf(await service.tree(conversation));
      if (!summed || end === null) return end;
      const message = newId();
      await service.execute('summarise', {
        conversation,
        message,
        after: end,
        text: 'So far. '.repeat(200),
        keep: KEEP,
      });
      return message;
    });
    tip ??= '';
    const times: number[] = [];
    const later: number[] = [];
    let items = 0;
    for (let time = 0; time < TIMES; time += 1) {
      const counted = counting(engine);
      // A new process each time: nothing of the branch is known, but the index is read.
      await withService(counted.engine, async (service) => {
        const tree = await service.tree(conversation);
        counted.reset();
        const before = performance.now();
        await service.context(conversation, askedAt(tree, tip));
        times.push(performance.now() - before);
        items = counted.items();
        for (let again = 0; again < 3; again += 1) {
          const then = performance.now();
          await service.context(conversation, askedAt(tree, tip));
          later.push(performance.now() - then);
        }
      });
    }
    return { items, time: percentile(times, 0.5), later: percentile(later, 0.5) };
  } finally {
    await engine.shutdown();
  }
}

async function withService<T>(
  engine: Engine,
  work: (service: ConversationService) => Promise<T>,
): Promise<T> {
  const service = createConversations({
    engine,
    models: { describe: () => ({ name: 'Bench' }) },
    runner: (home) => createRunner({ home, counterpart: () => undefined }),
  });
  try {
    return await work(service);
  } finally {
    await service.shutdown();
  }
}

function askedAt(tree: Tree, parent: string) {
  const branch = tree.messages.get(parent)?.branch ?? '';
  const asked = { id: newId(), parent, branch, at: '', model, name: 'Bench', started: 0 };
  return { ...asked, origin: { kind: 'send' as const } };
}

/** Counts what is read of branches. */
function counting(engine: Engine) {
  let items = 0;
  const counted = new Proxy(engine, {
    get(target, name, receiver) {
      if (name !== 'read') {
        const value = Reflect.get(target, name, receiver);
        return typeof value === 'function' ? value.bind(target) : value;
      }
      return async (...given: Parameters<Engine['read']>) => {
        const page = await target.read(...given);
        if (given[0].includes('/b/')) items += page.items.length;
        return page;
      };
    },
  });
  return {
    engine: counted,
    items: () => items,
    reset: () => {
      items = 0;
    },
  };
}
