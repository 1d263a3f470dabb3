/** n/m after any sequence of operations, beside a bookkeeping of its own: a list of what was said, in the order it was said. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CommandInput, outlineStream, readOutline } from '../../protocol/index.ts';
import {
  emptyTree,
  foldOutline,
  hiddenBeside,
  type Role,
  shownTree,
  type Tree,
  versionsOf,
} from '../../tree/index.ts';
import { readAll, START } from '../engine/index.ts';
import { type Bench, benchWith, CONVERSATION, MODEL } from './testing.ts';

interface Said {
  readonly id: string;
  readonly parent: string | null;
  readonly role: Role;
  live: boolean;
  pruned: boolean;
}

const OPERATIONS = [
  'send',
  'edit',
  'edit and ask',
  'regenerate',
  'system',
  'prune',
  'restore',
  'repeat',
  'end',
  'fail',
] as const;
type Step = readonly [operation: (typeof OPERATIONS)[number], pick: number];

/** Does what is picked to a conversation, and keeps its own account of it. */
class Account {
  readonly said: Said[] = [];
  private readonly made: Bench;
  private readonly done: (() => Promise<unknown>)[] = [];
  private count = 0;

  constructor(made: Bench) {
    this.made = made;
  }

  async do([operation, pick]: Step): Promise<void> {
    const chosen = <T>(from: readonly T[]): T | undefined => from[pick % Math.max(1, from.length)];
    const whole = this.said.filter(({ live }) => !live);
    const anyone = chosen([null, ...whole]) ?? null;
    const spoken = chosen(whole.filter(({ role }) => role !== 'system'));
    const asked = chosen(whole.filter(({ role }) => role === 'user'));
    const replying = chosen(this.said.filter(({ live }) => live));
    if (operation === 'send') return this.send(anyone);
    if (operation === 'system') return this.system(anyone);
    if (operation === 'repeat') await (chosen(this.done) ?? (async () => {}))();
    if (operation === 'edit' && spoken) return this.edit(spoken, false);
    if (operation === 'edit and ask' && asked) return this.edit(asked, true);
    if (operation === 'regenerate' && asked) return this.regenerate(asked);
    if (operation === 'prune' && spoken) return this.prune(spoken, true);
    if (operation === 'restore' && spoken) return this.prune(spoken, false);
    if (operation === 'end' && replying) return this.end(replying, 'complete');
    if (operation === 'fail' && replying) return this.end(replying, 'failed');
  }

  /** Messages that may be counted together with `one`, by the rules of the interface: same place, prompts looked past. */
  beside(one: Said): readonly Said[] {
    const place = this.place(one);
    return this.said.filter((other) => other.role !== 'system' && this.place(other) === place);
  }

  isHidden({ pruned, parent }: Said): boolean {
    return pruned || (parent !== null && this.isHidden(this.of(parent)));
  }

  private place({ parent }: Said): string | null {
    if (parent === null) return null;
    const above = this.of(parent);
    return above.role === 'system' ? this.place(above) : above.id;
  }

  private of(id: string): Said {
    return this.said.find((one) => one.id === id) as Said;
  }

  private async send(parent: Said | null): Promise<void> {
    const [message, reply] = [this.note(parent?.id ?? null, 'user'), this.next('reply')];
    const input = {
      conversation: CONVERSATION,
      message,
      parent: parent?.id ?? null,
      text: 'says',
      reply,
      model: MODEL,
    };
    await this.execute('send', input, input.parent);
    this.note(message, 'assistant', reply);
  }

  private async edit(old: Said, asks: boolean): Promise<void> {
    const message = this.note(old.parent, old.role);
    const input = { conversation: CONVERSATION, of: old.id, message, text: 'rather' };
    if (!asks) return this.execute('edit', input, old.parent);
    const reply = this.next('reply');
    await this.execute('edit', { ...input, reply, model: MODEL }, old.parent);
    this.note(message, 'assistant', reply);
  }

  private async regenerate({ id: parent }: Said): Promise<void> {
    const reply = this.note(parent, 'assistant', this.next('reply'));
    await this.execute('regenerate', { conversation: CONVERSATION, parent, reply, model: MODEL }, parent);
  }

  private async system(after: Said | null): Promise<void> {
    const message = this.note(after?.id ?? null, 'system');
    await this.execute('system', {
      conversation: CONVERSATION,
      message,
      after: after?.id ?? null,
      text: 'Be brief',
    });
  }

  private async prune(one: Said, pruned: boolean): Promise<void> {
    one.pruned = pruned;
    const mark = { conversation: CONVERSATION, marks: [{ message: one.id, pruned }] };
    await this.made.service.execute('mark', mark);
    if (!pruned) return;
    // What is written there is stopped, and has said nothing yet.
    const stopped = this.said.filter((other) => other.live && this.isHidden(other));
    for (const other of stopped) this.said.splice(this.said.indexOf(other), 1);
  }

  /** What is said on a hidden branch brings it back. */
  private bringBack(parent: string | null): void {
    for (let at = parent; at !== null; at = this.of(at).parent) this.of(at).pruned = false;
  }

  /** A reply that says nothing is nothing. */
  private async end(reply: Said, reason: 'complete' | 'failed'): Promise<void> {
    if (reason === 'complete') await this.made.runner.say(reply.id, 'Words');
    await this.made.runner.end(reply.id, { reason });
    reply.live = false;
    if (reason === 'failed') this.said.splice(this.said.indexOf(reply), 1);
  }

  private async execute<N extends 'send' | 'edit' | 'regenerate' | 'system'>(
    name: N,
    input: CommandInput<N>,
    /** The message it is said under: what hides it goes. */
    wanted?: string | null,
  ): Promise<void> {
    const say = () => {
      if (wanted !== undefined) this.bringBack(wanted);
      return this.made.service.execute(name, input);
    };
    this.done.push(say);
    await say();
  }

  private note(parent: string | null, role: Role, id = this.next(role)): string {
    this.said.push({ id, parent, role, live: role === 'assistant' && id.startsWith('reply'), pruned: false });
    return id;
  }

  private next(kind: string): string {
    this.count += 1;
    return `${kind}-number-${this.count}`;
  }
}

/** The outline as a reader folds it: with everything delivered twice, and the later half first. */
async function treeOf({ engine }: Bench): Promise<Tree> {
  const { items } = await readAll(engine, outlineStream(CONVERSATION), START);
  const changes = readOutline(items);
  const half = changes.length / 2;
  return foldOutline(emptyTree, [...changes.slice(half), ...changes, ...changes.slice(0, half)]);
}

it('counts as many versions as were made, in their order, and the hidden ones apart', async () => {
  const steps = fc.array(fc.tuple(fc.constantFrom(...OPERATIONS), fc.nat({ max: 40 })), { maxLength: 24 });
  await fc.assert(
    fc.asyncProperty(steps, async (picked) => {
      const made = await benchWith();
      const account = new Account(made);
      await account.do(['send', 0]);
      for (const step of picked) await account.do(step);
      const tree = shownTree(await treeOf(made));
      for (const one of account.said) {
        if (one.role === 'system') expect(versionsOf(tree, one.id)).toEqual([]);
        else if (!account.isHidden(one)) {
          const beside = account.beside(one);
          const shown = beside.filter((other) => !account.isHidden(other));
          expect(versionsOf(tree, one.id)).toEqual(shown.map(({ id }) => id));
          expect(hiddenBeside(tree, one.id)).toBe(beside.length - shown.length);
        }
      }
      expect(made.troubles).toEqual([]);
    }),
    { numRuns: 120 },
  );
});
