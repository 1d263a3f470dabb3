/**
 * An agent on the official SDK, as a process of its own: it does what the first word of a prompt says. What it can do comes from its environment:
 * SCRIPT_FORKS none (default), head, message, cursor, or liar (takes a fork at a message and forks at the end); SCRIPT_LOAD=0: sessions go with it;
 * SCRIPT_STORE: the file that keeps them; SCRIPT_SIGN_IN=1: wants `authenticate` first; SCRIPT_IMAGES=1; SCRIPT_AUDIO=1; SCRIPT_OFFERS: none (default), options, or modes (and models,
 * as of old); SCRIPT_LATE=1: it answers a load when it has replayed nothing, and replays bit by bit then;
 * SCRIPT_PID: the file that tells its process; SCRIPT_DEAF=1: it takes neither a signal nor the end of its input for a reason to end.
 */
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { agent, ndJsonStream, RequestError } from '@agentclientprotocol/sdk';

const {
  SCRIPT_FORKS: forks = 'none',
  SCRIPT_LOAD = '1',
  SCRIPT_STORE,
  SCRIPT_SIGN_IN,
  SCRIPT_AUDIO,
  SCRIPT_IMAGES,
  SCRIPT_OFFERS: offers = 'none',
  SCRIPT_PID,
  SCRIPT_LATE,
  SCRIPT_DEAF,
} = process.env;
const loads = SCRIPT_LOAD === '1';
let signedIn = SCRIPT_SIGN_IN !== '1';
let count = 0;

/** @type {Map<string, {cwd: string, turns: {id: string, asked: string, said: string, cursor?: string}[]}>} */
const sessions = new Map(
  SCRIPT_STORE && existsSync(SCRIPT_STORE) ? JSON.parse(readFileSync(SCRIPT_STORE, 'utf8')) : [],
);
const keep = () => SCRIPT_STORE && writeFileSync(SCRIPT_STORE, JSON.stringify([...sessions]));
const DEFAULTS = { mode: 'ask', model: 'large', thought: 'high', web: false };
const newId = (what) => {
  count += 1;
  return `${what}-${process.pid}-${count}`;
};
/** @type {Map<string, () => void>} */
const cancels = new Map();

const app = agent({ name: 'scripted' })
  .onRequest('initialize', () => ({
    protocolVersion: 1,
    agentInfo: { name: 'scripted', title: 'Scripted', version: '1.2.3' },
    agentCapabilities: {
      loadSession: loads,
      promptCapabilities: {
        image: SCRIPT_IMAGES === '1',
        audio: SCRIPT_AUDIO === '1',
        embeddedContext: true,
      },
      sessionCapabilities: { close: {}, list: {}, ...(forks !== 'none' && { fork: {} }) },
      ...(['message', 'liar'].includes(forks) && { _meta: { jetbrains: { air: { fork: { version: 1 } } } } }),
    },
    authMethods:
      SCRIPT_SIGN_IN === '1' ? [{ id: 'key', name: 'Use my key', description: 'A key of yours' }] : [],
  }))
  .onRequest('authenticate', () => {
    signedIn = true;
    return {};
  })
  .onRequest('session/new', ({ params, client }) => {
    if (!signedIn) throw RequestError.authRequired();
    const sessionId = newId('session');
    sessions.set(sessionId, { cwd: params.cwd, turns: [], set: { ...DEFAULTS } });
    keep();
    tellCommands(client, sessionId);
    return { sessionId, ...offered(sessions.get(sessionId)) };
  })
  .onRequest('session/load', async ({ params, client }) => {
    const session = find(params.sessionId);
    const told = replay(client, params.sessionId, session);
    if (SCRIPT_LATE !== '1') await told;
    tellCommands(client, params.sessionId);
    return offered(session);
  })
  .onRequest('session/set_mode', ({ params }) => {
    find(params.sessionId).set.mode = params.modeId;
    keep();
    return {};
  })
  .onRequest(
    'session/set_model',
    (params) => params,
    ({ params }) => {
      find(params.sessionId).set.model = params.modelId;
      keep();
      return {};
    },
  )
  .onRequest('session/set_config_option', ({ params }) => {
    const session = find(params.sessionId);
    if (params.value === 'broken') throw RequestError.invalidParams(undefined, 'That model is away');
    session.set[params.configId] = params.value;
    // A small model does not think for long.
    if (session.set.model === 'small') session.set.thought = 'low';
    keep();
    return offered(session);
  })
  .onRequest('session/list', ({ params }) => {
    // It ignores the folder, as some do.
    const all = [...sessions].map(([sessionId, { cwd, turns }]) => ({
      ...{ sessionId, cwd, title: turns[0]?.asked ?? null },
      updatedAt: '2026-11-28T10:00:00Z',
    }));
    const from = Number(params.cursor ?? 0);
    return {
      sessions: all.slice(from, from + 2),
      ...(from + 2 < all.length && { nextCursor: String(from + 2) }),
    };
  })
  .onRequest('session/close', () => ({}))
  .onRequest(
    'session/fork',
    (params) => params,
    async ({ params, client }) => {
      if (forks === 'none') throw RequestError.methodNotFound('session/fork');
      const from = find(params.sessionId);
      const at = params._meta?.jetbrains?.air?.fork?.messageId;
      let turns = from.turns;
      if (params.cursorId !== undefined) {
        const end = turns.findIndex(({ cursor }) => cursor === params.cursorId);
        if (end < 0) throw RequestError.invalidParams();
        turns = turns.slice(0, end + 1);
      } else if (at !== undefined && forks === 'message') {
        const end = turns.findIndex(({ id }) => id === at);
        if (end < 0) throw RequestError.invalidParams();
        turns = turns.slice(0, end + 1);
      }
      const sessionId = newId('session');
      sessions.set(sessionId, {
        ...from,
        cwd: params.cwd ?? from.cwd,
        turns: [...turns],
        set: { ...from.set },
      });
      keep();
      // Some replay before they answer.
      if (forks === 'message' || forks === 'liar') await replay(client, sessionId, sessions.get(sessionId));
      return { sessionId, ...offered(sessions.get(sessionId)) };
    },
  )
  .onNotification('session/cancel', ({ params }) => cancels.get(params.sessionId)?.())
  .onRequest('session/prompt', async ({ params, client }) => {
    const { sessionId } = params;
    const session = find(sessionId);
    const asked = params.prompt
      .filter(({ type }) => type !== 'resource_link')
      .map((block) => block.text ?? block.resource?.text ?? `(${block.type})`)
      .join('\n');
    // As one that is killed before it has kept what it was told.
    if (asked.split('\n').at(-1) === 'unheard') process.exit(4);
    const turn = {
      id: newId('message'),
      asked,
      said: '',
      ...(forks === 'cursor' && { cursor: newId('cursor') }),
    };
    session.turns.push(turn);
    keep();
    let stopped = false;
    const cancelled = new Promise((resolve) => {
      cancels.set(sessionId, () => {
        stopped = true;
        resolve(undefined);
      });
    });
    const update = (one) => client.notify('session/update', { sessionId, update: one });
    const say = async (text) => {
      turn.said += text;
      await update({
        sessionUpdate: 'agent_message_chunk',
        messageId: turn.id,
        content: { type: 'text', text },
      });
    };
    const links = params.prompt.filter(({ type }) => type === 'resource_link');
    const stopReason = await play({
      links,
      session,
      turn,
      asked,
      update,
      say,
      client,
      sessionId,
      cancelled,
      isStopped: () => stopped,
    });
    if (turn.cursor)
      await update({
        sessionUpdate: 'cursor_update',
        cursorId: turn.cursor,
        anchor: { type: 'agent_message', messageId: turn.id, position: 'after' },
        capabilities: { fork: {} },
      });
    keep();
    return {
      stopReason: stopped ? 'cancelled' : stopReason,
      usage: { inputTokens: 12, outputTokens: 3, totalTokens: 15 },
    };
  });

app.connect(ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin)));
if (SCRIPT_PID) writeFileSync(SCRIPT_PID, String(process.pid));
if (SCRIPT_DEAF === '1') {
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.on(signal, () => {});
  // At the latest then, so that no test leaves it behind.
  setTimeout(() => process.exit(9), 60_000);
} else process.stdin.on('end', () => process.exit(0));

function find(id) {
  const session = sessions.get(id);
  if (!session) throw RequestError.resourceNotFound(id);
  return session;
}

const MODES = [
  { id: 'ask', name: 'Ask', description: 'Asks before every tool' },
  { id: 'plan', name: 'Plan', description: 'Reads and plans, changes nothing' },
  { id: 'code', name: 'Code' },
];

/** How a session stands, in the words of the protocol. */
function offered({ set }) {
  const older = {
    modes: { currentModeId: set.mode, availableModes: MODES },
    models: {
      currentModelId: set.model,
      availableModels: [
        { modelId: 'large', name: 'Large' },
        { modelId: 'small', name: 'Small' },
      ],
    },
  };
  if (offers === 'modes') return older;
  if (offers !== 'options') return {};
  const choice = (value, name) => ({ value, name });
  const levels = set.model === 'small' ? ['low'] : ['low', 'high'];
  return {
    configOptions: [
      {
        ...{ id: 'mode', name: 'Mode', category: 'mode', type: 'select', currentValue: set.mode },
        options: MODES.map(({ id, ...rest }) => ({ value: id, ...rest })),
      },
      {
        ...{ id: 'model', name: 'Model', category: 'model', type: 'select', currentValue: set.model },
        options: [
          { group: 'own', name: 'Own', options: [choice('large', 'Large'), choice('small', 'Small')] },
          { group: 'other', name: 'Other', options: [choice('broken', 'Broken')] },
        ],
      },
      {
        ...{
          id: 'thought',
          name: 'Thinking',
          category: 'thought_level',
          type: 'select',
          currentValue: set.thought,
        },
        options: levels.map((level) => choice(level, level === 'low' ? 'Low' : 'High')),
      },
      { id: 'web', name: 'Web search', type: 'boolean', currentValue: set.web },
      { id: 'later', name: 'Of a later version', type: 'slider', currentValue: 3 },
    ],
  };
}

function tellCommands(client, sessionId) {
  if (offers === 'none') return;
  const availableCommands = [
    {
      name: 'review',
      description: 'Reviews \u001b[31mthe\u001b[0m changes',
      input: { hint: 'what to look at' },
    },
    { name: 'init', description: 'Writes a file of instructions' },
  ];
  setTimeout(() => {
    const update = { sessionUpdate: 'available_commands_update', availableCommands };
    void client.notify('session/update', { sessionId, update });
  }, 20);
}

async function replay(client, sessionId, { turns }) {
  for (const { id, asked, said } of turns) {
    const send = (sessionUpdate, text, messageId) =>
      client.notify('session/update', {
        sessionId,
        update: { sessionUpdate, messageId, content: { type: 'text', text } },
      });
    await send('user_message_chunk', asked);
    if (SCRIPT_LATE === '1') await sleep(30);
    await send('agent_message_chunk', said, id);
  }
}

const DIFF = (path, before, after) => ({ type: 'diff', path, oldText: before, newText: after });

async function play({ links, session, asked, update, say, client, sessionId, cancelled, isStopped }) {
  const [word = '', ...rest] = asked.trim().split('\n').at(-1).split(' ');
  switch (word) {
    case 'think':
      await update({
        sessionUpdate: 'agent_thought_chunk',
        content: { type: 'text', text: 'Let me think.' },
      });
      await say('Thought of it.');
      return 'end_turn';
    case 'work': {
      const plan = (a, b) =>
        update({
          sessionUpdate: 'plan',
          entries: [
            { content: 'Read the notes', priority: 'high', status: a },
            { content: 'Write the answer', priority: 'low', status: b },
          ],
        });
      await plan('in_progress', 'pending');
      const call = { toolCallId: 'read-1', title: 'Read notes.txt', kind: 'read' };
      await update({
        sessionUpdate: 'tool_call',
        ...call,
        status: 'pending',
        locations: [{ path: `${session.cwd}/notes.txt`, line: 3 }],
      });
      await update({
        sessionUpdate: 'tool_call_update',
        toolCallId: 'read-1',
        status: 'in_progress',
        rawInput: { path: 'notes.txt' },
      });
      const content = [
        { type: 'content', content: { type: 'text', text: 'three \u001b[31mred\u001b[0m lines' } },
      ];
      await update({
        sessionUpdate: 'tool_call_update',
        toolCallId: 'read-1',
        status: 'completed',
        content,
        rawOutput: { lines: 3 },
      });
      await plan('completed', 'in_progress');
      await update({
        sessionUpdate: 'tool_call',
        toolCallId: 'edit-1',
        title: 'Edit notes.txt',
        kind: 'edit',
        status: 'completed',
        content: [
          DIFF('notes.txt', 'one\ntwo\nthree\n', 'one\n2\nthree\n'),
          DIFF('new.txt', null, Array.from({ length: 60 }, (_, n) => `line ${n + 1}`).join('\n')),
        ],
      });
      await update({
        sessionUpdate: 'usage_update',
        used: 12000,
        size: 200000,
        cost: { amount: 0.12, currency: 'USD' },
      });
      await update({ sessionUpdate: 'notice', severity: 'warning', title: 'Nearly full' });
      await update({ sessionUpdate: 'session_info_update', title: 'Notes put right' });
      await update({ sessionUpdate: 'from_the_future', more: 'than is known' });
      await plan('completed', 'completed');
      await say('All done.');
      return 'end_turn';
    }
    case 'permission': {
      const toolCall = {
        toolCallId: 'run-1',
        title: 'Run npm test',
        kind: 'execute',
        status: 'pending',
        rawInput: { command: 'npm test -- --all' },
      };
      await update({ sessionUpdate: 'tool_call', ...toolCall });
      const options = [
        { optionId: 'yes', name: 'Allow once', kind: 'allow_once' },
        { optionId: 'always', name: 'Always allow', kind: 'allow_always' },
        { optionId: 'no', name: 'Reject', kind: 'reject_once' },
      ];
      const { outcome } = await client.request('session/request_permission', {
        sessionId,
        toolCall,
        options,
      });
      await update({
        sessionUpdate: 'tool_call_update',
        toolCallId: 'run-1',
        status: outcome.optionId === 'yes' ? 'completed' : 'failed',
      });
      await say(`You said ${outcome.optionId ?? outcome.outcome}.`);
      return 'end_turn';
    }
    case 'garbage':
      process.stdout.write('Welcome to the agent!\n{"half": \n[1,2]\n\u001b[2J\n');
      await update({ sessionUpdate: 'agent_message_chunk', content: 'not a block' });
      client.notify('session/update', {
        sessionId: 'nobody',
        update: { sessionUpdate: 'plan', entries: [] },
      });
      await say('Still here.');
      return 'end_turn';
    case 'crash':
      await say('Going down');
      process.stderr.write('out of memory, \u001b[31mreally\u001b[0m\n');
      process.exit(3);
      return 'end_turn';
    case 'slow':
      await say('One moment.');
      await cancelled;
      await say(' Stopped, and cleaned up.');
      return 'end_turn';
    case 'deaf':
      await say('I hear nobody.');
      await sleep(3_600_000);
      return 'end_turn';
    case 'burst': {
      const many = Number(rest[0] ?? 10_000);
      for (let n = 0; n < many && !isStopped(); n += 1) {
        update({
          sessionUpdate: 'tool_call_update',
          toolCallId: `burst-${n % 20}`,
          title: `Step ${n}`,
          status: 'in_progress',
        });
        if (n % 500 === 0) await sleep(0);
      }
      await say(`${many} updates.`);
      return 'end_turn';
    }
    case 'look':
      await say(`You mean: ${links.map(({ name, uri }) => `${name} (${uri.split('/').at(-1)})`).join(', ')}`);
      return 'end_turn';
    case 'form': {
      const answer = await client.request('elicitation/create', {
        ...{ sessionId, mode: 'form', message: 'How shall it be released?\nIt takes a minute.' },
        requestedSchema: {
          type: 'object',
          properties: {
            name: { type: 'string', title: 'Name', maxLength: 20, description: 'Of the release' },
            mail: { type: 'string', title: 'Mail', format: 'email' },
            copies: { type: 'integer', title: 'Copies', minimum: 1, maximum: 9, default: 2 },
            public: { type: 'boolean', title: 'Public', default: true },
            channel: {
              ...{ type: 'string', title: 'Channel' },
              oneOf: [
                { const: 'stable', title: 'Stable' },
                { const: 'beta', title: 'Beta' },
              ],
            },
            systems: {
              type: 'array',
              title: 'Systems',
              items: { type: 'string', enum: ['linux', 'mac'] },
              minItems: 1,
            },
            shade: { type: 'colour', title: 'Of a later version' },
          },
          required: ['name', 'channel', 'systems'],
        },
      });
      await say(`You filled in: ${JSON.stringify(answer)}`);
      return 'end_turn';
    }
    case 'open': {
      const [url = 'https://example.com/sign-in?code=1', done] = rest;
      const asking = client.request('elicitation/create', {
        ...{ sessionId, mode: 'url', message: 'Sign in in the browser', url, elicitationId: 'e1' },
      });
      if (done) setTimeout(() => void client.notify('elicitation/complete', { elicitationId: 'e1' }), 200);
      await say(`You answered: ${JSON.stringify(await asking)}`);
      return 'end_turn';
    }
    case 'heed': {
      const before = JSON.stringify(session.set);
      while (JSON.stringify(session.set) === before && !isStopped()) await sleep(20);
      await say(`It stands so now: ${Object.values(session.set).join(', ')}`);
      return 'end_turn';
    }
    case 'env':
      await say(Object.keys(process.env).join(' '));
      return 'end_turn';
    case 'options':
      await say(`It stands so: ${Object.values(session.set).join(', ')}`);
      return 'end_turn';
    case 'switch': {
      session.set.mode = rest[0];
      if (offers === 'modes') await update({ sessionUpdate: 'current_mode_update', currentModeId: rest[0] });
      else await update({ sessionUpdate: 'config_option_update', ...offered(session) });
      await say(`Went over to ${rest[0]}.`);
      return 'end_turn';
    }
    case 'clock':
      // Each word is the time it was sent, for bench/agents.bench.ts.
      for (let n = 0; n < Number(rest[0]); n += 1) {
        await say(`t${Date.now()} `);
        await sleep(1_000 / Number(rest[1]));
      }
      return 'end_turn';
    case 'now':
      await say('took 0 ms');
      return 'end_turn';
    case 'flood': {
      let bytes = 0;
      const tell = async (one) => {
        bytes +=
          JSON.stringify({ jsonrpc: '2.0', method: 'session/update', params: { sessionId, update: one } })
            .length + 1;
        await update(one);
      };
      const [calls, diffs] = rest.map(Number);
      const text = (n) => Array.from({ length: 12 }, (_, line) => `line ${line} of ${n}`).join('\n');
      // Twenty updates of a call, and at its end most have changed a file.
      for (let n = 0; n < calls / 20; n += 1) {
        const call = { sessionUpdate: 'tool_call_update', toolCallId: `call-${n}` };
        await tell({
          ...call,
          sessionUpdate: 'tool_call',
          title: `Step ${n}`,
          kind: 'edit',
          status: 'pending',
        });
        await tell({ ...call, status: 'in_progress', rawInput: { path: `file-${n}.txt` } });
        for (let m = 0; m < 17; m += 1) await tell({ ...call, title: `Step ${n}, ${m} of 17` });
        const changes =
          n < diffs ? [DIFF(`file-${n}.txt`, text(n), text(n).replace('line 3', 'line three'))] : [];
        await tell({ ...call, status: 'completed', content: changes });
        await sleep(20);
      }
      await say(`${bytes} bytes`);
      return 'end_turn';
    }
    case 'put':
      // Lines of a file, with | between them.
      writeFileSync(join(session.cwd, rest[0]), `${rest.slice(1).join(' ').replaceAll('|', '\n')}\n`);
      await say(`Wrote ${rest[0]} in ${session.cwd}.`);
      return 'end_turn';
    case 'put-own':
      // Each folder gets a line of its own.
      appendFileSync(join(session.cwd, rest[0]), `by ${basename(session.cwd)}\n`);
      await say(`Wrote ${rest[0]} in ${session.cwd}.`);
      return 'end_turn';
    case 'erase':
      rmSync(join(session.cwd, rest[0]));
      await say(`Took ${rest[0]} away.`);
      return 'end_turn';
    case 'put-slowly':
      await say(`Writing ${rest[0]} in ${session.cwd}.`);
      writeFileSync(join(session.cwd, rest[0]), `${rest[1]}\n`);
      await cancelled;
      return 'end_turn';
    case 'limit':
      await say('Cut he');
      return 'max_tokens';
    case 'refuse':
      return 'refusal';
    case 'recall':
      await say(`You asked: ${session.turns.map((one) => one.asked.split('\n').at(-1)).join(' / ')}`);
      return 'end_turn';
    default:
      await say('You said: ');
      await say(asked);
      return 'end_turn';
  }
}
