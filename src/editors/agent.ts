/** Bough as an agent of the Agent Client Protocol, version 1: what an editor may ask (docs/editors.md). */
import { isAbsolute } from 'node:path';
import { agent, RequestError, type Stream } from '@agentclientprotocol/sdk';
import type { Bough } from '../client/bough.ts';
import { ServerError, sentenceOf } from '../client/kit/errors.ts';
import type { QuestionPart } from '../protocol/index.ts';
import { configOptions, MODEL_OPTION, modelList, modelNamed } from './models.ts';
import type { Session } from './session.ts';
import { AskedWrongly, type ForkAt, Sessions } from './sessions.ts';

type Params = Readonly<Record<string, unknown>>;

export interface EditorOptions {
  readonly bough: Bough;
  readonly version: string;
  /** A line for whoever reads what the process prints. */
  readonly say: (line: string) => void;
}

/** Serves one editor until it is gone. */
export async function serveEditor(stream: Stream, { bough, version, say }: EditorOptions): Promise<void> {
  let cursors = false;
  const raw = (params: unknown): Params => (params ?? {}) as Params;
  const app = agent({ name: 'Bough' });
  /** Registers a method: whatever fails is an answer of the protocol. */
  const on = (method: string, answer: (params: Params) => Promise<object> | object): void => {
    app.onRequest<Params, object>(method, raw, async ({ params }) => {
      try {
        return await answer(params);
      } catch (error) {
        throw asRequestError(error);
      }
    });
  };

  on('initialize', (params) => {
    const { session } = (params.clientCapabilities ?? {}) as { session?: { cursors?: unknown } | null };
    cursors = session?.cursors != null;
    return {
      protocolVersion: 1,
      agentCapabilities: CAPABILITIES,
      agentInfo: infoOf(version),
      authMethods: [],
    };
  });
  on('authenticate', () => ({}));
  on('session/new', async (params) => opened(sessions.create(folderOf(params))));
  on('session/load', async (params) =>
    opened(await sessions.reopen(sessionOf(params), folderOf(params), true), false),
  );
  on('session/resume', async (params) =>
    opened(await sessions.reopen(sessionOf(params), folderOf(params), false), false),
  );
  on('session/fork', async (params) =>
    opened(await sessions.fork(sessionOf(params), folderOf(params), forkOf(params))),
  );
  on('session/list', ({ cwd, cursor }) => sessions.page(textOr(cwd), textOr(cursor)));
  on('session/close', (params) => {
    const session = sessions.get(sessionOf(params));
    void session.cancel();
    sessions.close(session.id);
    return {};
  });
  on('session/delete', async (params) => {
    await sessions.remove(sessionOf(params));
    return {};
  });
  on('session/prompt', async (params) => {
    const { prompt } = params;
    if (!Array.isArray(prompt)) throw new AskedWrongly('invalid', 'A prompt is a list of blocks.');
    return sessions.get(sessionOf(params)).prompt(prompt);
  });
  on('session/set_config_option', async (params) => {
    const session = sessions.get(sessionOf(params));
    const list = await modelList(bough);
    const model = params.configId === MODEL_OPTION ? modelNamed(list, params.value) : undefined;
    if (!model)
      throw new AskedWrongly('invalid', `There is no ${String(params.configId)} ${String(params.value)}.`);
    await session.choose(model);
    return { configOptions: configOptions(list, model) };
  });
  app.onNotification<Params>('session/cancel', raw, async ({ params }) => {
    await sessions.get(sessionOf(params)).cancel();
  });

  const connection = app.connect(stream);
  const { client } = connection;
  const sessions = new Sessions(bough, {
    get cursors() {
      return cursors;
    },
    update: (sessionId, update) => {
      client.notify('session/update', { sessionId, update }).catch(() => {});
    },
    ask: async (sessionId, question, reply, signal) => {
      const params = permissionOf(sessionId, question, reply);
      const answer = await client.request<{ outcome?: { optionId?: string } }, object>(
        'session/request_permission',
        params,
        { cancellationSignal: signal },
      );
      return answer.outcome?.optionId ?? null;
    },
    trouble: (error) => say(sentenceOf(error)),
  });

  async function opened(session: Session, isNew = true): Promise<object> {
    const options = configOptions(await modelList(bough), session.model);
    return { ...(isNew && { sessionId: session.id }), configOptions: options };
  }

  await connection.closed;
  sessions.dispose();
}

const CAPABILITIES = {
  loadSession: true,
  promptCapabilities: { image: true, audio: true, embeddedContext: true },
  sessionCapabilities: { list: {}, delete: {}, resume: {}, close: {}, fork: {} },
  _meta: { jetbrains: { air: { fork: { version: 1 } } } },
};

const infoOf = (version: string) => ({ name: 'bough', title: 'Bough', version });

function sessionOf({ sessionId }: Params): string {
  if (typeof sessionId === 'string') return sessionId;
  throw new AskedWrongly('invalid', 'A sessionId is missing.');
}

function folderOf({ cwd }: Params): string {
  if (typeof cwd === 'string' && isAbsolute(cwd)) return cwd;
  throw new AskedWrongly('invalid', 'cwd is the whole path of a folder.');
}

const textOr = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** By a cursor (session cursors), by a message (AIR), else at the head. What is there and not understood is never taken for the head. */
function forkOf({ cursorId, _meta }: Params): ForkAt {
  if (cursorId != null) {
    if (typeof cursorId === 'string') return { kind: 'cursor', id: cursorId };
    throw new AskedWrongly('invalid', 'A cursorId is text.');
  }
  const air = (_meta as { jetbrains?: { air?: { fork?: Params } } } | null | undefined)?.jetbrains?.air?.fork;
  if (air == null) return { kind: 'head' };
  if (air.version === 1 && typeof air.messageId === 'string') return { kind: 'message', id: air.messageId };
  throw new AskedWrongly('invalid', 'The point to fork at is not understood: version 1 with a messageId.');
}

function permissionOf(
  sessionId: string,
  { id, title, detail, options }: QuestionPart,
  reply: string,
): object {
  return {
    sessionId,
    toolCall: {
      toolCallId: `${reply}/question/${id}`,
      title,
      status: 'pending',
      ...(detail !== undefined && {
        content: [{ type: 'content', content: { type: 'text', text: detail } }],
      }),
    },
    options: options.map(({ id: optionId, name, kind = 'allow_once' }) => ({ optionId, name, kind })),
  };
}

function asRequestError(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  if (error instanceof AskedWrongly) {
    const code = error.code === 'not-found' ? -32002 : -32602;
    return new RequestError(code, error.message);
  }
  if (error instanceof ServerError && error.status === 401)
    return RequestError.authRequired(undefined, NO_TOKEN);
  const sentence = error instanceof Error ? error.message : String(error);
  return new RequestError(-32603, sentence);
}

const NO_TOKEN = 'This Bough asks for an access token: set BOUGH_TOKEN to one of an owner.';
