/** A reply of an agent: the way to where it goes on (docs/agents.md, "Going back"), one prompt, and what is said until it is answered. */

import { type SessionPart, textOf } from '../../../protocol/index.ts';
import type { FormValues } from '../../../protocol/parts/question-fields.ts';
import type { AgentOffer } from '../../../protocol/streams/offers.ts';
import { type AgentPlan, agentPlan, type SessionRef, type SessionWay } from '../../../tree/index.ts';
import {
  type CounterpartEvent,
  CounterpartFailure,
  type OpenQuestion,
  type ReplyPlace,
  type Session,
  type Turn,
} from '../../counterparts/port.ts';
import { mentionsIn } from '../folder-files.ts';
import { AgentError, AUTH_REQUIRED, type Update } from '../link.ts';
import { type LiveSession, markOf, type TurnEar } from '../live-session.ts';
import { OfferBook } from '../offer-book.ts';
import type { RpcMessage } from '../process.ts';
import type { AgentFacts, RunningAgent } from '../running-agent.ts';
import { asChosen, heedChoices } from '../set-options.ts';
import { clean, oneLine, TurnSoFar } from '../updates.ts';
import { told, wantedIn } from './elicitation.ts';
import { EventQueue } from './event-queue.ts';
import { endOf, type PromptAnswer } from './how-it-ended.ts';
import { CANNOT_GO_BACK, goTo } from './open-or-fork-session.ts';
import { outcomeOf, permissionIn, permissionQuestion } from './permission.ts';
import { promptOf } from './prompt.ts';
import { signInQuestion, wayToSignIn } from './sign-in.ts';

/** How often it is said that an agent whose process lives is not stalled, in ms. */
const ALIVE = 20_000;

/** What a person answered. */
interface Answered {
  readonly option: string;
  readonly values: FormValues | undefined;
}

export interface AgentReplyOptions {
  readonly place: ReplyPlace;
  readonly name: string;
  /** The running agent, started if need be. Throws CounterpartFailure. */
  readonly agent: () => Promise<RunningAgent>;
}

export class AgentReply implements Session, TurnEar {
  readonly asks = {
    answer: (question: string, option: string, values?: FormValues) =>
      this.#asked.get(question)?.({ option, values }),
  };
  readonly cancels = { cancel: () => this.#cancel() };
  readonly #options: AgentReplyOptions;
  readonly #queue = new EventQueue();
  readonly #turn = new TurnSoFar();
  readonly #asked = new Map<string, (given: Answered | null) => void>();
  /** What is open for the agent's own id of an address. */
  readonly #links = new Map<string, () => void>();
  #questions = 0;
  #cancelled = false;
  /** Tells the agent to end its turn. */
  #tellCancel = () => {};
  #hasAsked = false;

  constructor(options: AgentReplyOptions) {
    this.#options = options;
  }

  async *take({ signal, alive }: Turn): AsyncGenerator<CounterpartEvent> {
    const beat = setInterval(alive, ALIVE);
    const gone = () => this.#queue.end();
    signal.addEventListener('abort', gone);
    try {
      void this.#run(signal).then(
        () => this.#queue.end(),
        (error: unknown) => this.#queue.end({ error: this.#failure(error) }),
      );
      yield* this.#queue;
    } finally {
      clearInterval(beat);
      signal.removeEventListener('abort', gone);
    }
  }

  update(update: Update): void {
    for (const event of this.#turn.hear(update)) this.#queue.push(event);
    if (update.sessionUpdate === 'session_info_update' && typeof update.title === 'string')
      this.#options.place.entitle?.(clean(update.title));
  }

  async permission(params: RpcMessage, signal: AbortSignal): Promise<unknown> {
    const { call, options } = permissionIn(params);
    for (const event of this.#turn.call(call)) this.#queue.push(event);
    const given = await this.#ask(
      permissionQuestion(call, options, this.#turn.known(call.toolCallId)),
      signal,
    );
    return outcomeOf(options, given?.option);
  }

  async elicitation(params: RpcMessage, signal: AbortSignal): Promise<unknown> {
    const wanted = wantedIn(params);
    if (typeof wanted === 'string') {
      this.#queue.push({
        kind: 'part',
        key: 'not-asked',
        part: { kind: 'notice', text: wanted, warns: true },
      });
      return told(null, undefined);
    }
    const { link } = wanted;
    const done = new AbortController();
    if (link !== undefined) this.#links.set(link, () => done.abort());
    const given = await this.#ask(wanted.question, AbortSignal.any([signal, done.signal]));
    if (link !== undefined) this.#links.delete(link);
    // The agent heard of it from there, and needs no answer.
    if (done.signal.aborted) return { action: 'accept' };
    return told(given?.option ?? null, given?.values);
  }

  elicited(id: string): void {
    this.#links.get(id)?.();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const agent = await this.#options.agent();
    agent.begin();
    agent.link.outside.add(this);
    try {
      const facts = await agent.facts;
      if (this.#isOver(signal)) return;
      const plan = await this.#plan(agent, facts);
      const context = await this.#options.place.context();
      const reached = await this.#reach(agent, plan, signal);
      if (!reached) return;
      agent.link.outside.delete(this);
      const { session, way } = reached;
      if (this.#isOver(signal)) return agent.drop(session);
      const known = await this.#choose(agent, session);
      if (this.#isOver(signal)) return agent.drop(session);
      const after = way?.kind === 'unheard' ? way.after : way ? plan.from?.id : undefined;
      const prompt = promptOf({ context, after, facts, name: this.#options.name });
      const last = context.messages.at(-1);
      const mentioned = last
        ? await mentionsIn(textOf(last.parts), this.#options.place.generation.folder ?? '')
        : [];
      const links = mentioned.map(({ path: name, uri }) => ({ type: 'resource_link', name, uri }));
      const over = new AbortController();
      const heard = this.#options.place.heardOffers(AbortSignal.any([signal, over.signal]));
      void heedChoices(agent, session, { name: agent.spec.name, known, heard });
      await this.#say(agent, facts, session, [...prompt, ...links], signal).finally(() => over.abort());
    } finally {
      agent.link.outside.delete(this);
      agent.done();
    }
  }

  /** It stands as was chosen here before it is told anything. */
  async #choose(agent: RunningAgent, session: LiveSession): Promise<AgentOffer | undefined> {
    const { place, name } = this.#options;
    const { model } = place.generation;
    const known = (await place.offers()).get(model.id);
    const book = new OfferBook(model.id, known, place.offer);
    session.conversation = place.conversation;
    const refused = await asChosen(agent, session, { known, book });
    if (refused.length > 0) {
      const text = `${name} did not take what was chosen for ${refused.join(', ')}, and goes on as it stands.`;
      this.#queue.push({ kind: 'part', key: 'chosen', part: { kind: 'notice', text, warns: true } });
    }
    return known;
  }

  async #say(
    agent: RunningAgent,
    facts: AgentFacts,
    session: LiveSession,
    prompt: readonly object[],
    signal: AbortSignal,
  ): Promise<void> {
    const turn = (session.turn ?? 0) + 1;
    session.turn = turn;
    session.ear = this;
    const ref: SessionRef = {
      ...{ agent: this.#options.place.generation.model.id, id: session.id, turn },
      ...(facts.version !== undefined && { version: facts.version }),
    };
    this.#queue.push(standing(ref));
    this.#hasAsked = true;
    this.#tellCancel = () => void agent.link.notify('session/cancel', { sessionId: session.id });
    const abandon = () => this.#abandon(agent, session);
    signal.addEventListener('abort', abandon);
    try {
      const asked = { sessionId: session.id, prompt };
      const answer = await agent.link.request<PromptAnswer>('session/prompt', asked);
      const message = this.#turn.message?.slice(0, 1_000);
      const mark = markOf(this.#turn.words);
      const cursor = this.#turn.cursor?.slice(0, 1_000);
      const known = { ...(message && { message }), ...(mark && { mark }), ...(cursor && { cursor }) };
      this.#queue.push(standing({ ...ref, ...known }));
      for (const event of endOf(answer, this.#options.name, this.#cancelled)) this.#queue.push(event);
      session.ear = undefined;
    } finally {
      signal.removeEventListener('abort', abandon);
      this.#nobodyAnswers();
    }
  }

  /** It did not end its turn when it was told to: its session is nobody's any more, and neither is its process, unless others have a turn in it. */
  #abandon(agent: RunningAgent, session: LiveSession): void {
    this.#nobodyAnswers();
    agent.drop(session);
    if (agent.turns <= 1) void agent.end();
  }

  async #plan(agent: RunningAgent, { abilities }: AgentFacts): Promise<AgentPlan> {
    const { place } = this.#options;
    const { generation } = place;
    return agentPlan(await place.tree(), {
      ...{ at: generation.parent, agent: generation.model.id, abilities, reply: generation.id },
      copy: generation.copy,
      isOpen: ({ id, turn }) => agent.sessions.get(id)?.turn === turn,
    });
  }

  /** The session to prompt; `way` null: a new one that has to be told everything. Null: it was stopped. */
  async #reach(
    agent: RunningAgent,
    plan: AgentPlan,
    signal: AbortSignal,
  ): Promise<{ session: LiveSession; way: SessionWay | null } | null> {
    const { generation } = this.#options.place;
    const folder = generation.folder ?? '';
    const anew = () => this.#signedIn(agent, () => agent.open(folder), signal);
    if (plan.ways[0]?.kind === 'new') {
      const session = await anew();
      return session && { session, way: null };
    }
    if (generation.anew) {
      const session = await anew();
      const text = 'A new session of the agent: it was given the conversation as text.';
      if (session) this.#queue.push({ kind: 'part', key: 'anew', part: { kind: 'notice', text } });
      return session && { session, way: null };
    }
    for (const way of plan.ways) {
      const session = await this.#signedIn(agent, () => goTo(agent, way, folder), signal);
      if (this.#isOver(signal)) return null;
      if (session) return { session, way };
    }
    const sentence = `${this.#options.name} cannot go back to here: its session is not there any more, or more was said in it elsewhere. Begin anew with the conversation as text, or choose another agent or model.`;
    throw new CounterpartFailure({ code: CANNOT_GO_BACK, sentence });
  }

  /** Tries again once the person has signed in, if the agent wants that. */
  async #signedIn<T>(agent: RunningAgent, work: () => Promise<T>, signal: AbortSignal): Promise<T | null> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof AgentError) || error.code !== AUTH_REQUIRED) throw error;
        if (!(await this.#signIn(agent, signal))) return null;
      }
    }
  }

  async #signIn(agent: RunningAgent, signal: AbortSignal): Promise<boolean> {
    const { signIns } = await agent.facts;
    const { name } = this.#options;
    const given = await this.#ask(signInQuestion(name, signIns), signal);
    if (given === null) return false;
    const way = wayToSignIn(name, signIns, given.option);
    if (!way.command) await agent.link.request('authenticate', { methodId: way.id });
    return true;
  }

  /** Null: nobody answered, and nobody will. */
  #ask(question: Omit<OpenQuestion, 'id'>, signal: AbortSignal): Promise<Answered | null> {
    if (this.#cancelled || signal.aborted) return Promise.resolve(null);
    this.#questions += 1;
    const id = `q${this.#questions}`;
    return new Promise((resolve) => {
      const answer = (given: Answered | null) => {
        if (!this.#asked.delete(id)) return;
        signal.removeEventListener('abort', takeBack);
        if (given === null) this.#queue.push({ kind: 'withdrawn', question: id });
        resolve(given);
      };
      const takeBack = () => answer(null);
      this.#asked.set(id, answer);
      signal.addEventListener('abort', takeBack);
      this.#queue.push({ kind: 'question', question: { id, ...question } });
    });
  }

  #cancel(): void {
    this.#cancelled = true;
    this.#tellCancel();
    this.#nobodyAnswers();
    // Nothing was said to it yet: there is nothing to wait for.
    if (!this.#hasAsked) this.#queue.end();
  }

  #nobodyAnswers(): void {
    for (const answer of [...this.#asked.values()]) answer(null);
  }

  #isOver = (signal: AbortSignal): boolean => signal.aborted || this.#cancelled;

  #failure(error: unknown): unknown {
    if (!(error instanceof AgentError)) return error;
    const { name } = this.#options;
    if (error.code === null)
      return new CounterpartFailure({
        code: 'agent-ended',
        sentence: cutSentence(`${error.message} Ask again: it is started anew.`),
      });
    const words = oneLine(clean(error.message)) || 'no reason given';
    return new CounterpartFailure({
      code: 'agent-failed',
      sentence: cutSentence(`${name} could not do it: ${words}`),
    });
  }
}

function standing(ref: SessionRef): CounterpartEvent {
  const part: SessionPart = { kind: 'session', ...ref };
  return { kind: 'part', key: 'session', part };
}

const cutSentence = (text: string): string => (text.length <= 1_500 ? text : `${text.slice(0, 1_500)}…`);
