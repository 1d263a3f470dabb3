/** Which replies of an open page are worth an announcement: those that began while it was open. No clock, no React. */
import type { ConversationView } from '../../../../client/types.ts';
import type { Finish } from '../../../../tree/index.ts';

export type ReplyNews =
  /** Something was asked: what failed before is the past. */
  | { readonly kind: 'asked' }
  | { readonly kind: 'began'; readonly id: string }
  /** `isSaid`: there is a message of it. */
  | { readonly kind: 'ended'; readonly id: string; readonly finish: Finish; readonly isSaid: boolean };

type SeenView = Pick<ConversationView, 'tree' | 'path' | 'live'>;

/** Compares the views of one conversation, from the first that is shown on. */
export class ReplyWatch {
  /** What had ended before anybody looked; undefined until there was something to look at. */
  private old: ReadonlySet<string> | undefined;
  private readonly asked = new Map<string, string>();
  private readonly began = new Set<string>();
  private readonly ended = new Set<string>();

  /** What is new in `view`; each thing is told once. */
  news(view: SeenView): readonly ReplyNews[] {
    const news: ReplyNews[] = [];
    if (this.noteSends(view)) news.push({ kind: 'asked' });
    this.noteOld(view);
    const last = view.path[view.path.length - 1];
    for (const id of new Set([...this.asked.values(), ...this.began, ...(last ? [last.key] : [])])) {
      news.push(...this.newsOf(view, id));
    }
    return news;
  }

  private newsOf({ tree, live }: SeenView, id: string): readonly ReplyNews[] {
    const generation = tree.generations.get(id);
    if (!generation || this.ended.has(id) || this.isOld(id)) return [];
    if (generation.end) {
      this.ended.add(id);
      return [{ kind: 'ended', id, finish: generation.end, isSaid: tree.messages.has(id) }];
    }
    if (this.began.has(id) || live?.id !== id) return [];
    this.began.add(id);
    return [{ kind: 'began', id }];
  }

  private isOld(id: string): boolean {
    return this.old?.has(id) === true && !this.began.has(id);
  }

  private noteSends({ path }: SeenView): boolean {
    const before = this.asked.size;
    for (const entry of path) {
      // A version saved without a reply asks nobody.
      if (entry.kind === 'pending' && entry.pending.reply !== undefined)
        this.asked.set(entry.key, entry.pending.reply);
    }
    return this.asked.size > before;
  }

  /** A page can show own sends before it has read what was said: the first tree with something in it is where it opened. */
  private noteOld({ tree }: SeenView): void {
    if (this.old || tree.generations.size + tree.messages.size === 0) return;
    const own = new Set(this.asked.values());
    const ended = [...tree.generations.values()].filter(({ id, end }) => end !== undefined && !own.has(id));
    this.old = new Set(ended.map(({ id }) => id));
  }
}
