import { describe, expect, it } from 'vitest';
import { MESSAGE_LIMIT } from '../limits.ts';
import { answerSchema, commandPath } from './command-path.ts';
import { type CommandName, commandNames, commands } from './commands.ts';

const conversation = 'conv-001';
const model = { source: 'demo', id: 'demo' };
const send = { conversation, message: 'message1', parent: null, text: 'Hello', reply: 'reply-01', model };

const valid: Record<CommandName, object> = {
  create: { conversation },
  rename: { conversation, title: 'Trip' },
  archive: { conversation },
  restore: { conversation },
  delete: { conversation },
  undelete: { conversation },
  settings: { conversation },
  send,
  edit: {
    conversation,
    of: 'message1',
    message: 'message2',
    text: 'Hello again',
    reply: 'reply-01',
    model,
  },
  regenerate: { conversation, parent: 'message1', reply: 'reply-01', model },
  summarise: { conversation, message: 'message1', after: 'message2', text: 'So far.', keep: 2 },
  system: { conversation, message: 'message1', after: null, text: 'Be brief.' },
  view: { conversation, at: null, leaf: 'message1' },
  answer: { conversation: 'conv-001', reply: 'reply-01', question: 'q', option: 'yes' },
  stop: { conversation, reply: 'reply-01' },
  copy: { conversation, from: { conversation: 'conv-002', message: 'message1' } },
  arrange: { conversations: ['conv-001', 'conv-002'] },
  'chat-folder': { folder: 'folder-01' },
  mark: { conversation, marks: [{ message: 'message1', star: true, label: 'Budget', pruned: false }] },
};

const takes = (name: CommandName, input: unknown): boolean => commands[name].input.safeParse(input).success;

it.each(commandNames)('%s takes its fields and refuses any other', (name) => {
  expect(takes(name, valid[name])).toBe(true);
  expect(takes(name, { ...valid[name], colour: 'red' })).toBe(false);
  for (const field of Object.keys(valid[name])) {
    const { [field]: _left, ...rest } = valid[name] as Record<string, unknown>;
    expect(takes(name, rest), `without ${field}`).toBe(false);
    expect(takes(name, { ...rest, [field]: { a: 1 } }), `with another ${field}`).toBe(false);
  }
  expect(commandPath(name)).toBe(`/api/commands/${name}`);
});

it('refuses unknown fields inside fields too', () => {
  expect(takes('send', { ...send, model: { ...model, key: 'secret' } })).toBe(false);
});

it('takes an empty system prompt: none from there on', () => {
  expect(takes('system', { ...valid.system, text: '' })).toBe(true);
  expect(takes('system', { ...valid.system, text: 'x'.repeat(MESSAGE_LIMIT + 1) })).toBe(false);
});

it('takes an edit with a reply and its model, or without both', () => {
  const { reply: _reply, model: _model, ...save } = valid.edit as Record<string, unknown>;
  expect(takes('edit', save)).toBe(true);
});

it('takes the origins of a send that a person chooses', () => {
  expect(takes('send', { ...send, origin: 'fork' })).toBe(true);
  expect(takes('send', { ...send, origin: 'stale' })).toBe(false);
});

it('takes a message up to its limit, with some text', () => {
  expect(takes('send', { ...send, text: 'x'.repeat(MESSAGE_LIMIT) })).toBe(true);
  expect(takes('send', { ...send, text: 'x'.repeat(MESSAGE_LIMIT + 1) })).toBe(false);
  expect(takes('send', { ...send, text: ' \n' })).toBe(false);
});

it('takes how a model is asked, within its bounds', () => {
  for (const name of ['settings', 'send', 'regenerate', 'edit'] as const) {
    const whole = { ...valid[name], model, temperature: 0.7, overflow: 'drop-oldest' };
    expect(takes(name, whole)).toBe(true);
    expect(takes(name, { ...whole, temperature: null, overflow: null })).toBe(true);
    for (const temperature of [-0.1, 2.1, '1', Number.NaN])
      expect(takes(name, { ...whole, temperature })).toBe(false);
    expect(takes(name, { ...whole, overflow: 'guess' })).toBe(false);
  }
  expect(takes('settings', { conversation, model: null })).toBe(true);
});

it('trims a title, which has 1 to 200 characters', () => {
  expect(commands.rename.input.parse({ conversation, title: '  Trip ' }).title).toBe('Trip');
  expect(takes('rename', { conversation, title: ' ' })).toBe(false);
  expect(takes('rename', { conversation, title: 'x'.repeat(201) })).toBe(false);
});

it('arrange takes a few hundred conversations, and what becomes of them', () => {
  const of = (count: number) => Array.from({ length: count }, (_, n) => `conversation-${n}`);
  const all = { archived: true, deleted: false, pinned: true, filed: null };
  expect(takes('arrange', { conversations: of(500), ...all })).toBe(true);
  expect(takes('arrange', { conversations: of(501), ...all })).toBe(false);
  expect(takes('arrange', { conversations: [], ...all })).toBe(false);
  expect(takes('arrange', { conversations: of(1), filed: 'a b' })).toBe(false);
});

it('chat-folder trims a name, which has 1 to 60 characters', () => {
  const named = (name: string) => ({ folder: 'folder-01', name });
  expect(commands['chat-folder'].input.parse(named(' Work ')).name).toBe('Work');
  expect(takes('chat-folder', named(' '))).toBe(false);
  expect(takes('chat-folder', named('x'.repeat(61)))).toBe(false);
});

it('mark refuses what is no colour, a label that is too long, and nothing at all', () => {
  const one = (fields: object) => ({ conversation, marks: [{ message: 'message1', ...fields }] });
  expect(takes('mark', one({ colour: 'none' }))).toBe(true);
  expect(takes('mark', one({ colour: 'mauve' }))).toBe(false);
  expect(takes('mark', one({ label: 'x'.repeat(61) }))).toBe(false);
  expect(takes('mark', one({ starred: true }))).toBe(false);
  expect(takes('mark', { conversation, marks: [] })).toBe(false);
});

it.each(commandNames)('%s answers what the page expects of it', (name) => {
  expect(answerSchema(name)).toBe(commands[name].output);
});

describe('several replies', () => {
  const { reply: _reply, model: _model, ...said } = send;
  const replies = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: `reply-0${index}`, model }));
  const takes = (input: object) => commands.send.input.safeParse(input).success;

  it('are one to eight, each with an id of its own, in place of the one', () => {
    expect([1, 8].map((count) => takes({ ...said, replies: replies(count) }))).toEqual([true, true]);
    expect([0, 9].map((count) => takes({ ...said, replies: replies(count) }))).toEqual([false, false]);
    expect(takes({ ...said, replies: [...replies(1), ...replies(1)] })).toBe(false);
    expect(takes({ ...send, replies: replies(2) })).toBe(false);
    expect(takes(said)).toBe(false);
    expect(takes({ ...said, replies: [{ id: 'reply-01', model, temperature: 3 }] })).toBe(false);
  });
});
