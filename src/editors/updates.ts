/** What is said in Bough as updates of the Agent Client Protocol. Pure. */
import {
  callState,
  type FilePart,
  filesOf,
  isKnown,
  type KnownPart,
  type Message,
  type Part,
  partPlain,
  textOf,
} from '../protocol/index.ts';
import type { MessageHeader } from '../tree/index.ts';

type PartOf<K extends KnownPart['kind']> = Extract<KnownPart, { kind: K }>;

export type Update = Readonly<Record<string, unknown>> & { readonly sessionUpdate: string };

/** What a client was told of a message so far: of its `n`th part the words, or all of it as text. */
export type Told = ReadonlyMap<number, string>;
export const nothingTold: Told = new Map();

/** What is new in `parts` beside what was told; the same `told` where nothing is. */
export function newIn(
  told: Told,
  messageId: string,
  parts: readonly Part[],
): { readonly told: Told; readonly updates: readonly Update[] } {
  const updates: Update[] = [];
  let next = told;
  for (const [n, part] of parts.entries()) {
    const words = contentOfPart(part);
    const before = told.get(n);
    if (words === before || (before === undefined && words === '')) continue;
    next = new Map(next).set(n, words);
    updates.push(...changeOf({ messageId, part, before, words }));
  }
  return { told: next, updates };
}

interface PartChange {
  readonly messageId: string;
  readonly part: Part;
  readonly before: string | undefined;
  readonly words: string;
}

/** For parts that grow: their words. For others all they are: any change is told as a whole. */
function contentOfPart(part: Part): string {
  if (!isKnown(part) || !isWords(part)) return JSON.stringify(part);
  return part.text === '' ? '' : `${part.kind} ${part.text}`;
}

const isWords = (part: KnownPart): part is PartOf<'text'> | PartOf<'reasoning'> =>
  part.kind === 'text' || part.kind === 'reasoning';

function changeOf({ messageId, part, before, words }: PartChange): Update[] {
  const known = before !== undefined;
  const shown = isKnown(part) ? part : undefined;
  switch (shown?.kind) {
    case 'text':
    case 'reasoning': {
      const more = known && words.startsWith(before) ? words.slice(before.length) : shown.text;
      return more === '' ? [] : [chunk(shown.kind === 'text' ? AGENT : THOUGHT, messageId, more)];
    }
    case 'tool':
      return [toolCall(shown, messageId, known)];
    case 'call':
      return [agentCall(shown, messageId, known)];
    case 'diff':
      return [diffUpdate(shown, messageId)];
    case 'plan':
      return [planUpdate(shown)];
    case 'notice':
      return [chunk(THOUGHT, messageId, shown.text)];
    // A question is asked, by `session/request_permission`; where the agent's own session stands is nothing to read.
    case 'question':
    case 'session':
      return [];
    case 'file':
      return [{ sessionUpdate: AGENT, messageId, content: linkTo(shown) }];
    default: {
      const text = partPlain(part);
      return text === '' || known ? [] : [chunk(AGENT, messageId, `\n\n${text}\n\n`)];
    }
  }
}

const AGENT = 'agent_message_chunk';
const THOUGHT = 'agent_thought_chunk';

function chunk(sessionUpdate: string, messageId: string, text: string): Update {
  return { sessionUpdate, messageId, content: { type: 'text', text } };
}

/** Ids of calls are unique within a reply; clients expect them to be so within a session. */
const callId = (messageId: string, call: string): string => `${messageId}/${call}`;

function toolCall(
  { call, name, input, output, error }: PartOf<'tool'>,
  messageId: string,
  known: boolean,
): Update {
  const result = error ?? output;
  return {
    sessionUpdate: known ? 'tool_call_update' : 'tool_call',
    toolCallId: callId(messageId, call),
    title: name,
    status: error !== undefined ? 'failed' : output !== undefined ? 'completed' : 'in_progress',
    rawInput: asJson(input),
    ...(result !== undefined && { content: [textContent(result)], rawOutput: asJson(result) }),
  };
}

function agentCall(part: PartOf<'call'>, messageId: string, known: boolean): Update {
  const { id, title, sort, files, text, input, output } = part;
  return {
    sessionUpdate: known ? 'tool_call_update' : 'tool_call',
    toolCallId: callId(messageId, id),
    title,
    ...(sort !== undefined && { kind: sort }),
    status: callState(part) || 'pending',
    ...(files && { locations: files }),
    ...(text !== undefined && { content: [textContent(text)] }),
    ...(input !== undefined && { rawInput: asJson(input) }),
    ...(output !== undefined && { rawOutput: asJson(output) }),
  };
}

function diffUpdate({ call, path, before, after }: PartOf<'diff'>, messageId: string): Update {
  const content = [{ type: 'diff', path, oldText: before, newText: after }];
  return { sessionUpdate: 'tool_call_update', toolCallId: callId(messageId, call), content };
}

const STATES: ReadonlySet<string> = new Set(['pending', 'in_progress', 'completed']);

function planUpdate({ steps }: PartOf<'plan'>): Update {
  const entries = steps.map(({ text, state }) => ({
    content: text,
    priority: 'medium',
    status: STATES.has(state) ? state : 'pending',
  }));
  return { sessionUpdate: 'plan', entries };
}

const linkTo = ({ name, hash, type }: FilePart) => ({
  ...{ type: 'resource_link', name, uri: `bough:/api/files/${hash}`, mimeType: type },
});

const textContent = (text: string) => ({ type: 'content', content: { type: 'text', text } });

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A message of a person, said in another client or long ago. */
export function userUpdates({ id, parts }: Pick<Message, 'id' | 'parts'>): readonly Update[] {
  const text = textOf(parts);
  const links = filesOf(parts).map((file): Update => ({ ...USER, messageId: id, content: linkTo(file) }));
  return text === '' ? links : [chunk(USER.sessionUpdate, id, text), ...links];
}

const USER = { sessionUpdate: 'user_message_chunk' };

/** Where a session can be forked at a message: before one of a person, after a reply (session cursors). */
export function cursorUpdate({ id, role }: Pick<MessageHeader, 'id' | 'role'>): Update {
  const isUser = role === 'user';
  const anchor = {
    type: isUser ? 'user_message' : 'agent_message',
    messageId: id,
    position: isUser ? 'before' : 'after',
  };
  const cursorId = `${anchor.position}:${id}`;
  return { sessionUpdate: 'cursor_update', cursorId, anchor, capabilities: { fork: {} } };
}
