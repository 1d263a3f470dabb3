/** Sessions an agent has of a folder, and one of them as a conversation of Bough: what it replays, said under ids that are the same every time. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Message, type Part, titleFromWords, VERSION } from '../../protocol/index.ts';
import { AGENTS, type Tree } from '../../tree/index.ts';
import type { Brought } from '../conversations/index.ts';
import type { CounterpartEvent } from '../counterparts/port.ts';
import type { Update } from './link.ts';
import { markOf } from './live-session.ts';
import { clean, TurnSoFar, textOf } from './updates.ts';

const SESSIONS = 200;

const listed = z.looseObject({
  sessions: z.array(z.unknown()),
  nextCursor: z.string().nullish().catch(null),
});
const info = z.looseObject({
  sessionId: z.string().min(1).max(300),
  cwd: z.string(),
  title: z.string().nullish().catch(null),
  updatedAt: z.string().nullish().catch(null),
});

export interface KnownSession {
  readonly id: string;
  readonly title?: string;
  /** ms since the epoch. */
  readonly at?: number;
}

/** Those of the folder alone: some list all they have. `more`: where the next page begins. */
export function sessionsIn(answer: unknown, folder: string): { sessions: KnownSession[]; more?: string } {
  const read = listed.safeParse(answer);
  if (!read.success) return { sessions: [] };
  const sessions = read.data.sessions.slice(0, SESSIONS).flatMap((said): KnownSession[] => {
    const one = info.safeParse(said);
    if (!one.success || withoutSlash(one.data.cwd) !== withoutSlash(folder)) return [];
    const { sessionId: id, title, updatedAt } = one.data;
    const at = updatedAt ? Date.parse(updatedAt) : Number.NaN;
    const words = title ? clean(title).replace(/\s+/g, ' ').trim().slice(0, 200) : '';
    return [{ id, ...(words !== '' && { title: words }), ...(at >= 0 && { at }) }];
  });
  const { nextCursor: more } = read.data;
  return { sessions, ...(more && { more }) };
}

const withoutSlash = (path: string): string => path.replace(/(.)[/\\]+$/, '$1');

/** A prompt of the session and what came of it. */
interface ReplayedTurn {
  asked: string;
  readonly turn: TurnSoFar;
  readonly parts: Map<string, Part>;
  answered: boolean;
}

/** Hears what a session replays, as turns. */
export class History {
  readonly turns: ReplayedTurn[] = [];
  title: string | undefined;
  #asking: string | null | undefined;

  hear(update: Update): void {
    if (update.sessionUpdate === 'session_info_update' && typeof update.title === 'string')
      this.title = clean(update.title).trim().slice(0, 200);
    if (update.sessionUpdate !== 'user_message_chunk') return this.#answer(update);
    const { content, messageId = null } = update as { content?: { type: string }; messageId?: string | null };
    const last = this.turns.at(-1);
    // Chunks of one message follow each other; another id is another message.
    const goesOn = last && !last.answered && this.#asking !== undefined && this.#asking === messageId;
    const turn = goesOn ? last : this.#begun();
    this.#asking = messageId;
    turn.asked += content && typeof content.type === 'string' ? textOf(content) : '';
  }

  #begun(): ReplayedTurn {
    const turn = { asked: '', turn: new TurnSoFar(), parts: new Map<string, Part>(), answered: false };
    this.turns.push(turn);
    return turn;
  }

  #answer(update: Update): void {
    const last = this.turns.at(-1);
    if (!last) return;
    for (const event of last.turn.hear(update)) {
      last.answered = true;
      keep(last.parts, event);
    }
  }
}

/** Text goes on where text was last; what is said as a whole takes the place it had. */
function keep(parts: Map<string, Part>, event: CounterpartEvent): void {
  if (event.kind === 'part') parts.set(event.key, event.part);
  else if (event.kind === 'picture')
    parts.set(`picture ${parts.size}`, { kind: 'notice', text: '[A picture]' });
  else if (event.kind === 'text' || event.kind === 'reasoning') {
    const [key, last] = [...parts].at(-1) ?? [];
    const before =
      last?.kind === event.kind && 'text' in last && typeof last.text === 'string' ? last.text : null;
    const at = before !== null && key !== undefined ? key : `${event.kind} ${parts.size}`;
    parts.set(at, { kind: event.kind, text: (before ?? '') + event.text });
  }
}

export interface Continued {
  readonly agent: string;
  readonly version: string | undefined;
  readonly folder: string;
  readonly session: KnownSession;
  readonly history: History;
  /** The conversation, if the session was continued before. */
  readonly tree: Tree | null;
  readonly now: number;
}

/** The conversation a session becomes: the same for the same session. */
export const conversationOf = (agent: string, session: string): string => hashed(`${agent} ${session}`);

const hashed = (text: string): string =>
  createHash('sha256').update(`agent ${text}`).digest('base64url').slice(0, 21);

/** What is not in the conversation yet, in messages that say where they stand in the session. */
export function broughtOf(continued: Continued): Brought {
  const { agent, folder, session, history, now } = continued;
  const { turns } = history;
  const conversation = conversationOf(agent, session.id);
  const known = lastKnown(continued);
  const until = Math.min(session.at ?? now, now);
  const messages: Message[] = [];
  let parent = known?.reply ?? null;
  turns.forEach((turn, index) => {
    const n = index + 1;
    if (n <= (known?.turn ?? 0)) return;
    const idOf = (what: string) => hashed(`${conversation} ${n} ${what}`);
    const time = until - 2 * (turns.length - index);
    const same = { v: VERSION, kind: 'message', origin: { kind: 'send' } } as const;
    const question = { ...same, id: idOf('asked'), parent, time };
    messages.push({
      ...question,
      ...{ role: 'user', author: { kind: 'user' }, parts: [{ kind: 'text', text: turn.asked }] },
    });
    messages.push({
      ...{ ...same, id: idOf('answered'), parent: question.id, time: time + 1 },
      ...{ role: 'assistant', author: { kind: 'model', model: { source: AGENTS, id: agent }, name: agent } },
      parts: [standing(continued, turn, n), ...turn.parts.values()],
      finish: { reason: turn.answered ? 'complete' : 'interrupted', at: time + 1 },
      folder,
    });
    parent = idOf('answered');
  });
  const words = titleFromWords(turns[0]?.asked ?? '');
  const title = history.title || session.title;
  return {
    ...{ conversation, created: until - 2 * turns.length, active: until, messages, marks: [], folder },
    model: { source: AGENTS, id: agent },
    title: title ? { text: title, by: 'model' } : { text: words, by: 'words' },
  };
}

function standing({ agent, version, session }: Continued, { turn }: ReplayedTurn, n: number): Part {
  const mark = markOf(turn.words);
  return {
    ...{ kind: 'session', agent, id: session.id, turn: n },
    ...(version !== undefined && { version }),
    ...(turn.message !== undefined && { message: turn.message.slice(0, 1_000) }),
    ...(mark && { mark }),
  };
}

/** The reply that stands farthest in the session. */
function lastKnown({ tree, agent, session }: Continued): { reply: string; turn: number } | undefined {
  let last: { reply: string; turn: number } | undefined;
  for (const { id, session: at } of tree?.messages.values() ?? [])
    if (at?.agent === agent && at.id === session.id && at.turn > (last?.turn ?? 0))
      last = { reply: id, turn: at.turn };
  return last;
}
