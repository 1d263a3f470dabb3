/**
 * A thousand asides under one message beside ten under another: what asking the next one costs through the commands, and what a page does to
 * show one: the fold of its outline with a mark on it, the asides of the message, the path through it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Bench,
  benchWith,
  CONVERSATION,
  id,
  MODEL,
  readTree,
  send,
} from '../src/server/conversations/testing.ts';
import { openEmbeddedEngine } from '../src/server/engine/embedded/index.ts';
import { asidesUnder, foldOutline, followPath, type Tree } from '../src/tree/index.ts';
import { figure, ms, percentile } from './report.ts';

const ASIDES = 1_000;
/** Asides that are asked then, and timed. */
const AGAIN = 30;
const OPENINGS = 60;

const folder = await mkdtemp(join(tmpdir(), 'bough-bench-'));
const engine = await openEmbeddedEngine(folder);
try {
  const made = await benchWith({ engine });
  const few = await withAsides(made, 'few', 10);
  const many = await withAsides(made, 'many', ASIDES);
  const asked = { few: [] as number[], many: [] as number[] };
  // In turns, so that whatever else goes on meets both alike.
  for (let n = 1; n <= AGAIN; n += 1)
    for (const name of ['few', 'many'] as const) {
      asked[name].push(await timed(() => ask(made, name, `${name}x${n}`)));
      await finish(made, id(`r${name}x${n}`));
    }
  say('ask', 'as fast', percentile(asked.few, 0.5), percentile(asked.many, 0.5));
  const openings = { few: [] as number[], many: [] as number[] };
  for (let n = 0; n < OPENINGS; n += 1) {
    openings.few.push(await timed(async () => open(few, 'few', 10, n)));
    openings.many.push(await timed(async () => open(many, 'many', ASIDES, n)));
  }
  say('open', '≤ 1 ms more', percentile(openings.few, 0.5), percentile(openings.many, 0.5));
  await made.service.shutdown();
} finally {
  await engine.shutdown();
  await rm(folder, { recursive: true, force: true });
}

/** A question of its own with so many asides under its reply. */
async function withAsides(made: Bench, name: string, count: number): Promise<Tree> {
  await send(made, name, null);
  await finish(made, id(`r${name}`));
  for (let n = 1; n <= count; n += 1) {
    await ask(made, name, `${name}${n}`);
    await finish(made, id(`r${name}${n}`));
  }
  return readTree(made.engine);
}

function ask({ service }: Bench, owner: string, name: string) {
  return service.execute('send', {
    ...{ conversation: CONVERSATION, message: id(name), parent: id(`r${owner}`), text: `Aside ${name}` },
    ...{ reply: id(`r${name}`), model: MODEL, origin: 'aside' as const },
  });
}

async function finish({ runner }: Bench, reply: string): Promise<void> {
  await runner.say(reply, `What ${reply} says. `.repeat(5));
  await runner.end(reply);
}

/** As a page does with what comes: a mark is folded, the path goes through one of them, the chip counts all. */
function open(tree: Tree, owner: string, count: number, n: number): void {
  const head = id(`${owner}${count}`);
  const mark = { id: head, at: n + 1, star: n % 2 === 0 };
  const next = foldOutline(tree, [{ kind: 'mark', mark }]);
  const path = followPath(next, { selected: head });
  if (path.length !== 4 || asidesUnder(next, id(`r${owner}`)).length !== count)
    throw new Error('not the aside');
}

function say(what: string, target: string, few: number, many: number): void {
  figure(
    `${ASIDES.toLocaleString('en')} asides under one message beside ten under another, ${what}`,
    target,
    `${(many / few).toFixed(2)} × (${ms(many)}, ${ms(few)})`,
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
