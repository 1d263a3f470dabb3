/**
 * The ways back to a position of an agent's session (docs/agents.md, "Going back"): one that is open, gone on with, or forked at its end, at a
 * message or at a cursor. Which of them to try: `src/tree/agent-session-plan.ts`. What an agent does not know it ignores, so where a session
 * stands is looked at before anything is said in it.
 */
import type { SessionRef, SessionWay } from '../../../tree/index.ts';
import { AgentError, AUTH_REQUIRED } from '../link.ts';
import type { LiveSession, Replay } from '../live-session.ts';
import type { RunningAgent } from '../running-agent.ts';

export const CANNOT_GO_BACK = 'cannot-go-back';

/** The session a way leads to; null: it does not lead there after all. Throws AgentError where that says nothing about the way. */
export async function goTo(
  agent: RunningAgent,
  way: SessionWay,
  folder: string,
): Promise<LiveSession | null> {
  if (way.kind === 'new') return agent.open(folder);
  const { session: ref } = way;
  try {
    if (way.kind === 'go-on') return await goOn(agent, ref, folder, standsAt);
    // It has to end there by a name or by its words: one that replays its last turns alone has few, too.
    if (way.kind === 'unheard') return await goOn(agent, ref, folder, (replay) => replay.endsAt(ref));
    return await forkAt(agent, way, folder);
  } catch (error) {
    if (error instanceof AgentError && error.code !== null && error.code !== AUTH_REQUIRED) return null;
    throw error;
  }
}

async function goOn(
  agent: RunningAgent,
  ref: SessionRef,
  folder: string,
  isWhole: (replay: Replay, ref: SessionRef) => boolean,
): Promise<LiveSession | null> {
  const open = agent.sessions.get(ref.id);
  if (open) return open.turn === ref.turn && !open.ear ? open : null;
  const { session, replay } = await agent.reopen(ref.id, folder, { isWhole: (said) => isWhole(said, ref) });
  // One that resumes says nothing of where it stands.
  const stands = !replay || isWhole(replay, ref);
  if (stands) session.turn = ref.turn;
  else agent.drop(session);
  return stands ? session : null;
}

const standsAt = (replay: Replay, ref: SessionRef): boolean =>
  replay.endsAt(ref) || (replay.turns === ref.turn && ref.turn > 0);

async function forkAt(
  agent: RunningAgent,
  way: Exclude<SessionWay, { kind: 'new' | 'go-on' | 'unheard' }>,
  folder: string,
): Promise<LiveSession | null> {
  const { session: ref } = way;
  const { session, replay } = await agent.fork(ref, folder, whereOf(way));
  const stands =
    (way.kind === 'cursor' && replay.isEmpty) || (await isAt(agent, session, replay, way, folder));
  if (stands) session.turn = ref.turn;
  else await letGo(agent, session);
  return stands ? agent.keep(session) : null;
}

/** What an agent does not know it ignores, and forks elsewhere: what the fork replays must end where it was asked to. */
async function isAt(
  agent: RunningAgent,
  session: LiveSession,
  replay: Replay,
  { kind, session: ref }: SessionWay & { session: SessionRef },
  folder: string,
): Promise<boolean> {
  if (!replay.isEmpty) return replay.endsAt(ref);
  // The end of a session that is open here is known.
  if (kind === 'head' && agent.sessions.get(ref.id)?.turn === ref.turn) return true;
  const { loads } = await agent.facts;
  if (!loads) return false;
  const again = await agent.reopen(session.id, folder, { isWhole: (said) => said.endsAt(ref) });
  return again.replay?.endsAt(ref) ?? false;
}

async function letGo(agent: RunningAgent, session: LiveSession): Promise<void> {
  agent.drop(session);
  if ((await agent.facts).closes)
    await agent.link.request('session/close', { sessionId: session.id }).catch(() => {});
}

function whereOf(way: SessionWay): object {
  if (way.kind === 'cursor') return { cursorId: way.cursor };
  if (way.kind !== 'message') return {};
  return { _meta: { jetbrains: { air: { fork: { version: 1, messageId: way.message } } } } };
}
