/**
 * A running agent as it is spoken to: requests, and what comes of itself. Updates go past the SDK straight to their session, in the order they came in
 * and whatever they are (the SDK refuses kinds it does not know, and runs handlers side by side); all else is the SDK's.
 */
import type { ClientConnection, Stream } from '@agentclientprotocol/sdk';
import { type AgentProcess, type ProcessOptions, type RpcMessage, startProcess } from './process.ts';

/** What the agent answered with instead of a result, or why it did not answer. */
export class AgentError extends Error {
  /** Of JSON-RPC; null: the process ended. */
  readonly code: number | null;
  constructor(message: string, code: number | null) {
    super(message);
    this.name = 'AgentError';
    this.code = code;
  }
}

/** The code of an agent whose person has to sign in first. */
export const AUTH_REQUIRED = -32_000;

export type Update = Readonly<Record<string, unknown>> & { readonly sessionUpdate: string };

/** A session as the link sees it. */
export interface SessionEnd {
  update(update: Update): void;
  /** The agent asks a person; what it is answered. `signal`: it takes the question back. */
  permission(params: RpcMessage, signal: AbortSignal): Promise<unknown>;
  elicitation(params: RpcMessage, signal: AbortSignal): Promise<unknown>;
  elicited(id: string): void;
}

/** Updates may come before the answer that names their session: so many are kept for it. */
const EARLY_LIMIT = 20_000;

export class AgentLink {
  readonly process: AgentProcess;
  /** Who waits for an answer that belongs to no session, as while one is made: what is asked about it is asked there. */
  readonly outside = new Set<Pick<SessionEnd, 'permission' | 'elicitation' | 'elicited'>>();
  readonly #name: string;
  readonly #sessions = new Map<string, SessionEnd>();
  readonly #early = new Map<string, Update[]>();
  #earlyCount = 0;
  #connection: Promise<ClientConnection>;

  constructor(options: Omit<ProcessOptions, 'onMessage'>) {
    this.#name = options.spec.name;
    let enqueue: (message: RpcMessage) => void = () => {};
    let close = () => {};
    const readable = new ReadableStream<RpcMessage>({
      start: (controller) => {
        enqueue = (message) => controller.enqueue(message);
        close = () => controller.close();
      },
    });
    this.process = startProcess({
      ...options,
      onMessage: (message) => {
        if (message.method === 'session/update' && message.id === undefined) this.#take(message.params);
        else if (!this.process.isOver()) enqueue(message);
      },
    });
    const writable = new WritableStream<RpcMessage>({ write: (message) => this.process.send(message) });
    this.#connection = this.#connect({ readable, writable } as unknown as Stream);
    void this.process.ended.then(() => close());
  }

  async #connect(stream: Stream): Promise<ClientConnection> {
    // 15 MB and a tenth of a second that nobody without an agent pays.
    const { client, RequestError } = await import('@agentclientprotocol/sdk');
    const raw = (params: unknown): RpcMessage => (params ?? {}) as RpcMessage;
    const ask =
      (what: 'permission' | 'elicitation') => (context: { params: RpcMessage; signal: AbortSignal }) => {
        const session =
          this.#sessions.get(String(context.params.sessionId)) ?? this.#onlyOutside(context.params);
        if (!session) throw RequestError.invalidParams(undefined, 'No such session is open here');
        return session[what](context.params, context.signal);
      };
    return client({ name: 'Bough' })
      .onRequest('session/request_permission', raw, ask('permission'))
      .onRequest('elicitation/create', raw, ask('elicitation'))
      .onNotification('elicitation/complete', raw, ({ params }) => {
        for (const end of [...this.#sessions.values(), ...this.outside])
          end.elicited(String(params.elicitationId));
      })
      .connect(stream);
  }

  /** @throws {AgentError} */
  async request<T>(method: string, params: object): Promise<T> {
    const { agent } = await this.#connection;
    const ended = this.process.ended.then((how): never => {
      throw new AgentError(this.says(how), null);
    });
    ended.catch(() => {});
    try {
      return await Promise.race([agent.request<T>(method, params), ended]);
    } catch (error) {
      if (error instanceof AgentError) throw error;
      if (this.process.isOver()) throw new AgentError(this.says(await this.process.ended), null);
      const { code } = error as { code?: unknown };
      throw new AgentError(reasonOf(error), typeof code === 'number' ? code : -32603);
    }
  }

  async notify(method: string, params: object): Promise<void> {
    const { agent } = await this.#connection;
    await agent.notify(method, params).catch(() => {});
  }

  /** "Goose ended with code 1. The last it printed: “…”." */
  says(how: string): string {
    const lines = this.process.tail().slice(-5);
    const last = lines.length > 0 ? ` The last it printed: “${lines.join(' / ')}”.` : '';
    return `${this.#name} ${how}.${last}`;
  }

  /** From now on what comes for the session goes to `end`, beginning with what came before. */
  open(session: string, end: SessionEnd): void {
    this.#sessions.set(session, end);
    for (const update of this.#early.get(session) ?? []) end.update(update);
    this.#earlyCount -= this.#early.get(session)?.length ?? 0;
    this.#early.delete(session);
  }

  close(session: string, end: SessionEnd): void {
    if (this.#sessions.get(session) === end) this.#sessions.delete(session);
  }

  get isIdle(): boolean {
    return this.#sessions.size === 0;
  }

  /** Undefined: it names a session, or it cannot be told whose request it belongs to. */
  #onlyOutside({ sessionId }: RpcMessage) {
    const [only, ...others] = this.outside;
    return sessionId == null && others.length === 0 ? only : undefined;
  }

  #take(params: unknown): void {
    const { sessionId, update } = (params ?? {}) as { sessionId?: unknown; update?: unknown };
    if (typeof sessionId !== 'string' || !isUpdate(update)) return;
    const session = this.#sessions.get(sessionId);
    if (session) return session.update(update);
    // Of a turn that is over, or of a session that is being made.
    if (this.#earlyCount >= EARLY_LIMIT) {
      this.#early.clear();
      this.#earlyCount = 0;
    }
    const early = this.#early.get(sessionId) ?? [];
    early.push(update);
    this.#early.set(sessionId, early);
    this.#earlyCount += 1;
  }
}

/** What an agent answers, if it does within `patience` ms. Else rejects with an AgentError; what it was asked it goes on with. */
export async function inTime<T>(
  link: Pick<AgentLink, 'says'>,
  answer: Promise<T>,
  patience: number,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new AgentError(link.says(`did not answer within ${patience / 1_000} seconds`), null));
    }, patience);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function isUpdate(value: unknown): value is Update {
  return typeof (value as { sessionUpdate?: unknown } | null)?.sessionUpdate === 'string';
}

/** Many say no more than "Internal error", and the reason beside it. */
function reasonOf(error: unknown): string {
  const { message, data } = error as { message?: unknown; data?: unknown };
  const beside =
    typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : { details: data };
  const details = beside.details ?? beside.message ?? beside.error;
  const words = [message, details].filter((text) => typeof text === 'string' && text.trim() !== '');
  return words.length > 0 ? [...new Set(words)].join(': ') : 'It failed.';
}
