/** The sessions there are: all branches of all conversations, and those an editor has open. */
import type { Bough } from '../client/bough.ts';
import { followList, readTree } from '../client/follow.ts';
import { type Conversation, newId } from '../protocol/index.ts';
import { dateOf } from '../protocol/reading/date-of.ts';
import { type MessageHeader, pathTo, prunedIn, type Tree } from '../tree/index.ts';
import { lineOf, placeOf, type SessionPlace, sessionIdOf } from './line.ts';
import { type Editor, Session } from './session.ts';

export interface SessionFacts {
  readonly sessionId: string;
  readonly cwd: string;
  readonly title: string;
  readonly updatedAt: string;
}

/** What was asked for is not there, or not understood: `-32002` and `-32602` of the protocol. */
export class AskedWrongly extends Error {
  readonly code: 'not-found' | 'invalid';
  constructor(code: 'not-found' | 'invalid', sentence: string) {
    super(sentence);
    this.name = 'AskedWrongly';
    this.code = code;
  }
}

/** Where a session is forked: at its head, at a cursor it gave, or right after one of its messages. */
export type ForkAt = { readonly kind: 'head' } | { readonly kind: 'cursor' | 'message'; readonly id: string };

/** Conversations looked through for one page of the list. */
const PAGE = 20;
const TITLE = 60;

export class Sessions {
  private readonly bough: Bough;
  private readonly editor: Editor;
  private readonly open = new Map<string, Session>();
  private readonly list: ReturnType<typeof followList>;
  private readonly titles = new Map<string, string | undefined>();

  constructor(bough: Bough, editor: Editor) {
    this.bough = bough;
    this.editor = editor;
    this.list = followList(bough);
    this.list.subscribe(() => this.tellTitles());
  }

  get(sessionId: string): Session {
    const session = this.open.get(sessionId);
    if (!session) throw notFound(sessionId);
    return session;
  }

  /** A conversation of its own, which is made by the first prompt. */
  create(cwd: string): Session {
    return this.added({ conversation: newId(), branch: newId() }, cwd);
  }

  /** @param replay tells all that was said before this resolves */
  async reopen(sessionId: string, cwd: string, replay: boolean): Promise<Session> {
    const place = placeOf(sessionId);
    const known = this.open.get(sessionId);
    if (known?.isUnsaid) return known;
    const tree = place && (await readTree(this.bough, place.conversation).catch(() => undefined));
    if (!place || !tree?.branches.has(place.branch)) throw notFound(sessionId);
    known?.close();
    const session = this.added(place, cwd);
    await session.open(replay);
    return session;
  }

  /** Makes a branch at once, so that the session is there for whoever looks for it. */
  async fork(sessionId: string, cwd: string, at: ForkAt): Promise<Session> {
    const place = placeOf(sessionId);
    if (!place) throw notFound(sessionId);
    if (this.open.get(sessionId)?.isUnsaid) {
      if (at.kind === 'head') return this.create(cwd);
      throw new AskedWrongly(
        'invalid',
        `Nothing was said in ${sessionId} yet: it has no ${at.kind} ${at.id}.`,
      );
    }
    const { conversation } = place;
    const tree = await readTree(this.bough, conversation).catch(() => {
      throw notFound(sessionId);
    });
    if (!tree.branches.has(place.branch)) throw notFound(sessionId);
    const after = pointOf(lineOf(tree, place.branch), at);
    const branch = newId();
    await this.bough.http.request(`/v1/stream/c/${conversation}/b/${branch}`, {
      method: 'PUT',
      headers: {
        'content-type': 'application/json',
        ...(after && {
          'stream-forked-from': `/v1/stream/c/${conversation}/b/${after.branch}`,
          'stream-fork-offset': after.end,
        }),
      },
    });
    const session = this.added({ conversation, branch }, cwd);
    await session.open(false);
    return session;
  }

  close(sessionId: string): void {
    this.open.get(sessionId)?.close();
    this.open.delete(sessionId);
    this.titles.delete(sessionId);
  }

  /** The conversation goes to the archive; of one that goes on elsewhere only the branch is hidden. Nothing happens the second time. */
  async remove(sessionId: string): Promise<void> {
    this.close(sessionId);
    const place = placeOf(sessionId);
    const tree = place && (await readTree(this.bough, place.conversation).catch(() => undefined));
    if (!place || !tree) return;
    const { conversation, branch } = place;
    const others = sessionsIn(tree).some(({ branch: other }) => other !== branch);
    if (!others) await this.bough.command('archive', { conversation });
    else if (tree.messages.has(branch))
      await this.bough.command('mark', { conversation, marks: [{ message: branch, pruned: true }] });
  }

  /** @param cwd those of this folder alone @param cursor of the page before */
  async page(cwd: string | undefined, cursor: string | undefined) {
    const all = (await this.listed()).filter(({ archived, folder }) => !archived && (!cwd || folder === cwd));
    const from = cursor === undefined ? 0 : all.findIndex(({ id }) => id === cursor);
    if (from < 0) throw new AskedWrongly('invalid', 'This cursor is not one of the list.');
    const shown = all.slice(from, from + PAGE);
    const sessions = (await Promise.all(shown.map((header) => this.sessionsOf(header)))).flat();
    const next = all[from + PAGE]?.id;
    return { sessions, ...(next !== undefined && { nextCursor: next }) };
  }

  dispose(): void {
    this.list.close();
    for (const session of this.open.values()) session.close();
  }

  private added(place: SessionPlace, cwd: string): Session {
    const { bough, editor } = this;
    const session = new Session({ bough, editor, place, cwd });
    this.open.set(session.id, session);
    this.titles.set(session.id, session.title);
    return session;
  }

  private async listed(): Promise<readonly Conversation[]> {
    const { shown } = await this.bough.queryClient.query({ ...this.bough.list.query, staleTime: 0 });
    return shown;
  }

  private async sessionsOf({ id, title, folder }: Conversation): Promise<SessionFacts[]> {
    const tree = await readTree(this.bough, id).catch(() => undefined);
    return (tree ? sessionsIn(tree) : []).map(({ branch, last, own }) => ({
      sessionId: sessionIdOf({ conversation: id, branch }),
      cwd: folder ?? process.cwd(),
      title: own.parent === null ? title.text : `${title.text} · ${own.preview.slice(0, TITLE)}`,
      updatedAt: dateOf(last.time).toISOString(),
    }));
  }

  private tellTitles(): void {
    for (const session of this.open.values()) {
      const { id, title } = session;
      if (title === undefined || title === this.titles.get(id)) continue;
      this.titles.set(id, title);
      this.editor.update(id, { sessionUpdate: 'session_info_update', title });
    }
  }
}

const notFound = (sessionId: string): AskedWrongly =>
  new AskedWrongly('not-found', `There is no session ${sessionId}.`);

interface BranchSession {
  readonly branch: string;
  readonly own: MessageHeader;
  readonly last: MessageHeader;
}

/** Branches in which something was said and nothing hides it, the newest first. */
function sessionsIn(tree: Tree): readonly BranchSession[] {
  const whole = tree.whole ?? tree;
  const hidden = new Set(prunedIn(whole));
  const found = [...whole.branches.keys()].flatMap((branch): BranchSession[] => {
    const own = whole.messages.get(branch) ?? firstOn(whole, branch);
    const { tip } = lineOf(whole, branch);
    const last = tip === null ? undefined : whole.messages.get(tip);
    if (!own || !last || pathTo(whole, own.id).some((id) => hidden.has(id))) return [];
    return [{ branch, own, last }];
  });
  return found.sort((a, b) => b.last.time - a.last.time);
}

function firstOn(tree: Tree, branch: string): MessageHeader | undefined {
  const { messages } = lineOf(tree, branch);
  return messages.find((header) => header.branch === branch);
}

/** The message a fork follows; null: it begins anew. */
function pointOf({ messages }: ReturnType<typeof lineOf>, at: ForkAt): MessageHeader | null {
  if (at.kind === 'head') return messages.at(-1) ?? null;
  const [, side, id] =
    at.kind === 'cursor' ? (/^(before|after):(.+)$/.exec(at.id) ?? []) : [null, 'after', at.id];
  const index = messages.findIndex((header) => header.id === id);
  if (index < 0) throw new AskedWrongly('invalid', `The ${at.kind} ${at.id} is not one of this session.`);
  return messages[side === 'after' ? index : index - 1] ?? null;
}
