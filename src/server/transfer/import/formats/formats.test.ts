import { expect, it } from 'vitest';
import { textOf } from '../../../../protocol/index.ts';
import { assemble } from '../assemble.ts';
import type { Beside } from '../source.ts';
import { FORMATS, formatOf } from './index.ts';

const NONE: Beside = { ratings: new Map() };

/** The tree as `parent>role: words` lines, by first words in place of ids. */
function shapeOf(value: unknown, beside: Beside = NONE) {
  const format = formatOf(value);
  if (!format) throw new Error('no format');
  return format.read(value, beside, 0).map((conversation) => {
    const { brought, odd, files } = assemble(format, conversation, 1_700_000_000_000);
    const words = new Map(
      brought.messages.map((message) => [message.id, textOf(message.parts) || message.parts[0]?.kind]),
    );
    return {
      ...{
        format: format.id,
        title: brought.title?.text,
        brought,
        odd: [...odd.keys()],
        files: files.map(({ name }) => name),
      },
      tree: brought.messages.map(
        ({ parent, role, id }) => `${parent === null ? '' : words.get(parent)} > ${role}: ${words.get(id)}`,
      ),
      leaf: brought.leaf && words.get(brought.leaf),
    };
  });
}

const chatgptNode = (id: string, parent: string | null, role: string, text: string, more: object = {}) => ({
  id,
  parent,
  children: [],
  message: {
    id,
    author: { role },
    create_time: 1_690_000_000.5,
    content: { content_type: 'text', parts: [text] },
    metadata: {},
    ...more,
  },
});

const chatgptMapping = {
  root: { id: 'root', parent: null, message: null, children: ['hidden'] },
  hidden: chatgptNode('hidden', 'root', 'system', '', {
    metadata: { is_visually_hidden_from_conversation: true },
  }),
  q: chatgptNode('q', 'hidden', 'user', 'What is a tree?'),
  think: {
    ...chatgptNode('think', 'q', 'assistant', ''),
    message: {
      author: { role: 'assistant' },
      content: { content_type: 'thoughts', thoughts: [{ summary: 'Plan', content: 'Think of oaks' }] },
      metadata: { model_slug: 'o3' },
    },
  },
  call: chatgptNode('call', 'think', 'assistant', 'print(1)', {
    recipient: 'python',
    metadata: { model_slug: 'o3' },
  }),
  result: chatgptNode('result', 'call', 'tool', '1', { author: { role: 'tool', name: 'python' } }),
  answer: chatgptNode('answer', 'result', 'assistant', 'A plant.', {
    metadata: { model_slug: 'o3' },
    create_time: null,
  }),
  again: chatgptNode('again', 'q', 'assistant', 'A graph.', {
    metadata: { model_slug: 'gpt-4o' },
    create_time: 1_690_000_100_000,
  }),
};

it('reads ChatGPT: hidden nodes, thoughts, calls and results, versions, times in seconds and ms', () => {
  const [made] = shapeOf({
    title: 'Trees',
    conversation_id: 'c1',
    create_time: 1_690_000_000,
    mapping: chatgptMapping,
    current_node: 'answer',
  });
  expect(made?.tree).toEqual([
    ' > user: What is a tree?',
    'What is a tree? > assistant: A plant.',
    'What is a tree? > assistant: A graph.',
  ]);
  expect(made?.leaf).toBe('A plant.');
  expect(made?.brought.messages[1]?.parts).toEqual([
    { kind: 'reasoning', text: 'Plan\n\nThink of oaks' },
    { kind: 'tool', call: 'call', name: 'python', input: 'print(1)', output: '1' },
    { kind: 'text', text: 'A plant.' },
  ]);
  expect(made?.brought.messages[1]).toMatchObject({
    author: { kind: 'model', model: { source: 'chatgpt', id: 'o3' }, name: 'o3' },
    origin: { kind: 'send' },
  });
  expect(made?.brought.messages[2]).toMatchObject({
    origin: { kind: 'regenerate' },
    time: 1_690_000_100_000,
  });
});

it('keeps a reply of ChatGPT that was stopped before its first word as a version, and no empty place within a reply', () => {
  const unfinished = { status: 'in_progress' };
  const [made] = shapeOf({
    mapping: {
      q: chatgptNode('q', null, 'user', 'What is a tree?'),
      stopped: chatgptNode('stopped', 'q', 'assistant', '', unfinished),
      begun: { ...chatgptNode('begun', 'q', 'assistant', '', unfinished), children: ['answer'] },
      answer: chatgptNode('answer', 'begun', 'assistant', 'A plant.'),
    },
  });
  const replies = made?.brought.messages.filter(({ role }) => role === 'assistant');
  expect(replies).toMatchObject([
    { parts: [], finish: { reason: 'interrupted' } },
    { parts: [{ text: 'A plant.' }] },
  ]);
  expect(replies?.[1]).not.toHaveProperty('finish.reason', 'interrupted');
});

it('reads what tools of ChatGPT gave, and that they failed, as the result of their call', () => {
  const tool = (id: string, parent: string, content: object) => ({
    ...chatgptNode(id, parent, 'tool', '', { author: { role: 'tool', name: 'browser' } }),
    message: { id, author: { role: 'tool', name: 'browser' }, content },
  });
  const [made] = shapeOf({
    mapping: {
      q: chatgptNode('q', null, 'user', 'Look it up'),
      call: chatgptNode('call', 'q', 'assistant', 'search("oak")', { recipient: 'browser' }),
      page: tool('page', 'call', {
        content_type: 'tether_browsing_display',
        result: 'Oaks are trees',
        summary: null,
      }),
      again: chatgptNode('again', 'page', 'assistant', 'open(1)', { recipient: 'browser' }),
      error: tool('error', 'again', { content_type: 'system_error', name: 'Limit', text: 'Not now' }),
    },
  });
  expect(made?.brought.messages[1]?.parts).toMatchObject([
    { kind: 'tool', name: 'browser', input: 'search("oak")', output: 'Oaks are trees' },
    { kind: 'tool', name: 'browser', input: 'open(1)', output: 'Not now' },
  ]);
});

it('reads ChatGPT also where its mapping is broken', () => {
  const mapping = {
    orphan: { ...chatgptNode('orphan', 'gone', 'user', 'Where is my parent?') },
    second: { ...chatgptNode('second', null, 'user', 'Another root'), children: undefined },
    x: chatgptNode('x', 'y', 'user', 'Round'),
    y: chatgptNode('y', 'x', 'assistant', 'and round'),
    canvas: chatgptNode('canvas', 'second', 'assistant', '{"name":"Draft"}', {
      recipient: 'canmore.create_textdoc',
    }),
    voice: {
      ...chatgptNode('voice', 'second', 'user', ''),
      message: {
        author: { role: 'user' },
        content: {
          content_type: 'multimodal_text',
          parts: [
            { content_type: 'audio_transcription', text: 'Spoken words' },
            { content_type: 'image_asset_pointer', asset_pointer: 'file-service://file-abc' },
            'half \ud800 a character',
            { content_type: 'hologram', x: 1 },
          ],
        },
        metadata: { attachments: [{ id: 'file-pdf', name: 'paper.pdf', mime_type: 'application/pdf' }] },
      },
    },
  };
  const [made] = shapeOf({ mapping, current_node: 'nowhere' });
  expect(made?.tree).toEqual([
    ' > user: Where is my parent?',
    ' > user: Another root',
    'Another root > assistant: tool',
    'Another root > user: Spoken wordshalf \ufffd a character',
    ' > user: Round',
    'Round > assistant: and round',
  ]);
  expect(made?.files).toEqual(['file-abc', 'paper.pdf']);
  expect(made?.odd).toEqual([
    'parts Bough shows as data: hologram',
    'a last place that is not there: the newest message is taken',
    'messages whose parent is not in the export: they begin anew',
    'circles of messages, each said to follow the other: cut',
  ]);
  expect(shapeOf({ title: 'Empty', mapping: {} })[0]).toMatchObject({
    tree: [],
    title: 'Empty',
    odd: ['conversations without a message'],
  });
});

it('takes ratings of ChatGPT as marks', () => {
  const ratings = new Map([
    ['answer', 'up'],
    ['again', 'down'],
  ] as const);
  const [made] = shapeOf({ conversation_id: 'c1', mapping: chatgptMapping }, { ratings });
  expect(made?.brought.marks).toEqual([
    { message: made?.brought.messages[1]?.id, star: true },
    { message: made?.brought.messages[2]?.id, label: 'Rated down', colour: 'red' },
  ]);
});

it('reads Claude: parents against the order of the list, thoughts, tools, attached texts', () => {
  const message = (
    uuid: string,
    parent: string | undefined,
    sender: string,
    text: string,
    more: object = {},
  ) => ({
    ...{ uuid, sender, text, created_at: '2025-03-01T10:00:00.000Z', ...more },
    ...(parent && { parent_message_uuid: parent }),
  });
  const root = '00000000-0000-4000-8000-000000000000';
  const [made] = shapeOf({
    ...{ uuid: 'c', name: 'Edited', created_at: '2025-03-01T09:00:00Z', updated_at: '2025-03-02T09:00:00Z' },
    chat_messages: [
      message('b', 'a', 'assistant', 'old form', {
        content: [
          { type: 'thinking', thinking: 'Hm' },
          { type: 'tool_use', id: 't', name: 'search', input: { q: 'x' } },
          { type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: 'found' }] },
          { type: 'text', text: 'First answer' },
        ],
      }),
      message('a', root, 'human', 'First question', {
        attachments: [{ file_name: 'notes.txt', extracted_content: 'Notes' }],
        files: [{ file_name: 'photo.png' }],
      }),
      message('a2', root, 'human', 'First question, edited'),
      message('b2', 'a2', 'assistant', 'Second answer'),
    ],
  });
  expect(made?.tree).toEqual([
    ' > user: First question',
    'First question > assistant: First answer',
    ' > user: First question, edited',
    'First question, edited > assistant: Second answer',
  ]);
  expect(made?.files).toEqual(['notes.txt', 'photo.png']);
  expect(made?.brought.messages[1]?.parts[1]).toEqual({
    kind: 'tool',
    call: 't',
    name: 'search',
    input: '{"q":"x"}',
    output: 'found',
  });
  // Of old, without parents.
  const [line] = shapeOf({
    uuid: 'd',
    chat_messages: [message('1', undefined, 'human', 'One'), message('2', undefined, 'assistant', 'Two')],
  });
  expect(line?.tree).toEqual([' > user: One', 'One > assistant: Two']);
});

it('reads Open WebUI: a system prompt, reasoning and calls in details, ratings, errors', () => {
  const [made] = shapeOf({
    ...{ id: 'w', title: 'Web', archived: true, created_at: 1_720_000_000, updated_at: 1_720_000_100 },
    chat: {
      ...{ models: ['llama3'], params: { system: 'Be brief.' } },
      history: {
        currentId: '3',
        messages: {
          '1': {
            id: '1',
            parentId: null,
            role: 'user',
            content: 'Hi',
            timestamp: 1_720_000_000,
            files: [{ type: 'file', name: 'a.txt', file: { data: { content: 'text' } } }],
          },
          '2': {
            id: '2',
            parentId: '1',
            role: 'assistant',
            model: 'llama3',
            content:
              '<details type="reasoning" done="true"><summary>Thought</summary>\n&gt; Say hello\n</details>\nHello',
            annotation: { rating: -1 },
          },
          '3': {
            id: '3',
            parentId: '1',
            role: 'assistant',
            model: 'qwen',
            content: '<think>Hm</think>Hi there',
            usage: { prompt_tokens: 3, completion_tokens: 4 },
          },
          '4': {
            id: '4',
            parentId: '1',
            role: 'assistant',
            model: 'gone',
            content: '',
            error: { content: 'Model not found' },
          },
        },
      },
    },
  });
  expect(made?.tree).toEqual([
    ' > system: Be brief.',
    'Be brief. > user: Hi',
    'Hi > assistant: Hello',
    'Hi > assistant: Hi there',
    'Hi > assistant: undefined',
  ]);
  expect(made?.leaf).toBe('Hi there');
  expect(made?.brought.archived).toBe(true);
  expect(made?.brought.messages[2]?.parts[0]).toEqual({ kind: 'reasoning', text: '> Say hello' });
  expect(made?.brought.messages[3]).toMatchObject({
    usage: { input: 3, output: 4 },
    parts: [{ kind: 'reasoning', text: 'Hm' }, { kind: 'text' }],
  });
  expect(made?.brought.messages[4]?.finish).toMatchObject({
    reason: 'failed',
    failure: { sentence: 'Model not found' },
  });
});

it('reads LibreChat flat and as trees', () => {
  const root = '00000000-0000-0000-0000-000000000000';
  const flat = {
    ...{
      conversationId: 'l',
      endpoint: 'openAI',
      title: 'Libre',
      options: { model: 'gpt-4o', promptPrefix: 'Be kind.' },
    },
    messages: [
      {
        messageId: 'a',
        parentMessageId: root,
        isCreatedByUser: true,
        sender: 'User',
        text: 'Q',
        createdAt: '2024-05-01T00:00:00Z',
      },
      {
        messageId: 'b',
        parentMessageId: 'a',
        isCreatedByUser: false,
        sender: 'GPT',
        model: 'gpt-4o',
        text: '',
        content: [
          { type: 'think', think: 'Hm' },
          { type: 'text', text: { value: 'A' } },
        ],
      },
      {
        messageId: 'c',
        parentMessageId: 'a',
        isCreatedByUser: false,
        sender: 'GPT',
        model: 'gpt-4o',
        text: 'B',
        unfinished: true,
      },
    ],
  };
  const tree = [' > system: Be kind.', 'Be kind. > user: Q', 'Q > assistant: A', 'Q > assistant: B'];
  expect(shapeOf(flat)[0]?.tree).toEqual(tree);
  const [a, b, c] = flat.messages;
  const { messages: _, ...about } = flat;
  expect(shapeOf({ ...about, recursive: true, messages: [{ ...a, children: [b, c] }] })[0]?.tree).toEqual(
    tree,
  );
});

it('reads llama.cpp: the root connects, extras are files', () => {
  const [made] = shapeOf({
    conv: { id: 'conv-1', name: 'Local', currNode: 3, lastModified: 1_730_000_000_000 },
    messages: [
      { id: 0, type: 'root', parent: -1, role: 'system', content: '', children: [1] },
      {
        id: 1,
        type: 'text',
        parent: 0,
        role: 'user',
        content: 'Q',
        timestamp: 1_730_000_000_000,
        extra: [{ type: 'imageFile', name: 'p.png', base64Url: 'data:image/png;base64,AAAA' }],
      },
      { id: 2, type: 'text', parent: 1, role: 'assistant', content: 'A', thinking: 'Hm' },
      { id: 3, type: 'text', parent: 1, role: 'assistant', content: 'B' },
    ],
  });
  expect(made?.tree).toEqual([' > user: Q', 'Q > assistant: A', 'Q > assistant: B']);
  expect(made).toMatchObject({ title: 'Local', leaf: 'B', files: ['p.png'] });
});

it('reads LobeChat: a topic is a conversation, replies hang under their question', () => {
  const at = (minute: number) => 1_740_000_000_000 + minute * 60_000;
  const made = shapeOf({
    exportType: 'all',
    state: {
      sessions: [{ id: 's', meta: { title: 'Helper' }, config: { systemRole: 'Help.' } }],
      topics: [{ id: 't', title: 'A topic', sessionId: 's' }],
      messages: [
        {
          id: '2',
          role: 'assistant',
          content: 'A',
          sessionId: 's',
          topicId: 't',
          parentId: '1',
          createdAt: at(1),
          model: 'm',
        },
        { id: '1', role: 'user', content: 'Q', sessionId: 's', topicId: 't', createdAt: at(0) },
        { id: '3', role: 'user', content: 'Q2', sessionId: 's', topicId: 't', createdAt: at(2) },
        { id: '4', role: 'user', content: 'Alone', sessionId: 's', createdAt: at(3) },
      ],
    },
  });
  expect(made.map(({ title, tree }) => [title, tree])).toEqual(
    [
      ['Helper', [' > system: Help.', 'Help. > user: Alone']],
      ['A topic', [' > system: Help.', 'Help. > user: Q', 'Q > assistant: A', 'A > user: Q2']],
    ].toReversed(),
  );
});

it('reads SillyTavern: swipes are versions, the chat goes on under the chosen one', () => {
  const [made] = shapeOf([
    { user_name: 'You', character_name: 'Sage', create_date: '2023-6-19@16h13m45s' },
    { name: 'You', is_user: true, mes: 'Q', send_date: 'June 19, 2023 4:14pm' },
    {
      name: 'Sage',
      is_user: false,
      mes: 'B',
      swipes: ['A', 'B', 'C'],
      swipe_id: 1,
      send_date: 'June 19, 2023 4:15pm',
    },
    { name: 'You', is_user: true, mes: 'Q2', send_date: 'June 19, 2023 4:16pm' },
  ]);
  expect(made?.tree).toEqual([
    ' > user: Q',
    'Q > assistant: A',
    'Q > assistant: B',
    'B > user: Q2',
    'Q > assistant: C',
  ]);
  expect(made?.leaf).toBe('Q2');
  const times = made?.brought.messages.map(({ time }) => time) ?? [];
  expect(new Set(times).size).toBe(times.length);
});

it('reads messages of OpenAI: tools join their call, the same words are the same conversation', () => {
  const value = {
    messages: [
      { role: 'system', content: 'S' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Q' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
        ],
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'x', function: { name: 'f', arguments: '{}' } },
          { id: 'y', function: { name: 'g', arguments: '{}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'y', content: 'two' },
      { role: 'tool', tool_call_id: 'x', content: 'one' },
      { role: 'assistant', content: 'A' },
    ],
  };
  const [made] = shapeOf(value);
  expect(made?.tree).toEqual([' > system: S', 'S > user: Q', 'Q > assistant: A']);
  expect(made?.brought.messages[2]?.parts).toEqual([
    { kind: 'tool', call: 'x', name: 'f', input: '{}', output: 'one' },
    { kind: 'tool', call: 'y', name: 'g', input: '{}', output: 'two' },
    { kind: 'text', text: 'A' },
  ]);
  expect(shapeOf(value)[0]?.brought).toEqual(made?.brought);
  expect(shapeOf(value.messages)[0]?.brought.conversation).toBe(made?.brought.conversation);
});

it('gives each format its own, and knows nothing else', () => {
  expect(new Set(FORMATS.map(({ id }) => id)).size).toBe(FORMATS.length);
  for (const value of [null, 1, [], {}, { messages: 'no' }, [{ x: 1 }]])
    expect(formatOf(value)).toBeUndefined();
});
