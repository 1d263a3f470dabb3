/**
 * What an agent's updates say, as events of its turn. Pure but for what it remembers of the turn: a tool call is said in pieces. All of it is hostile: what
 * is not as the protocol has it is kept as data, control characters go, and no text grows without bounds.
 */
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import type { CallPart, DiffPart, Part } from '../../protocol/index.ts';
import { numberText } from '../../protocol/language.ts';
import type { CounterpartEvent } from '../counterparts/port.ts';
import type { Update } from './link.ts';

/** Characters of one text of a tool call or file; the rest is cut, and says so. */
const TEXT_LIMIT = 400_000;
/** Files of one tool call that are shown as changed. */
const DIFF_LIMIT = 500;
const LABEL_LIMIT = 2_000;
/** Updates of a kind nobody knows that are kept, and characters of each. */
const KEPT = 20;
const KEPT_LIMIT = 20_000;

/** Without what would steer a terminal: escape sequences, control characters but for tab and line break. */
export function clean(text: string): string {
  return stripVTControlCharacters(text).replace(/\r\n?/g, '\n').replace(CONTROLS, '');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Of at most 300 characters. */
export const oneLine = (text: string): string => clean(text).replace(/\s+/g, ' ').trim().slice(0, 300) || '…';

const cut = (text: string, limit = TEXT_LIMIT): string =>
  text.length <= limit ? text : `${text.slice(0, limit)}\n… (${text.length - limit} more characters)`;
const label = (text: string): string => cut(clean(text), LABEL_LIMIT).replace(/\s+/g, ' ').trim();

const block = z.looseObject({ type: z.string() });
const chunk = z.looseObject({ content: block, messageId: z.string().nullish() });
const location = z.looseObject({ path: z.string(), line: z.number().nullish() });
const toolContent = z.looseObject({ type: z.string() });
const diffContent = z.looseObject({ path: z.string(), oldText: z.string().nullish(), newText: z.string() });
const toolCall = z.looseObject({
  toolCallId: z.string(),
  title: z.string().nullish(),
  kind: z.string().nullish(),
  status: z.string().nullish(),
  content: z.array(toolContent).nullish(),
  locations: z.array(location).nullish(),
  rawInput: z.unknown().optional(),
  rawOutput: z.unknown().optional(),
});
export type ToolCallUpdate = z.infer<typeof toolCall>;
const plan = z.looseObject({ entries: z.array(z.looseObject({ content: z.string(), status: z.string() })) });
const usage = z.looseObject({
  used: z.number(),
  size: z.number(),
  cost: z.looseObject({ amount: z.number(), currency: z.string() }).nullish(),
});
const notice = z.looseObject({ severity: z.string(), title: z.string(), description: z.string().nullish() });
const compaction = z.looseObject({
  compactionId: z.string(),
  status: z.string(),
  error: z.string().nullish(),
});
const cursor = z.looseObject({
  cursorId: z.string(),
  anchor: z
    .looseObject({ type: z.string(), messageId: z.string().nullish(), position: z.string() })
    .optional(),
  capabilities: z.looseObject({ fork: z.unknown().optional() }).nullish(),
});

/** Said of the session, not of the turn: modes, commands and the like (session.ts). */
const OF_THE_SESSION = new Set([
  'available_commands_update',
  'current_mode_update',
  'config_option_update',
  'session_info_update',
  'user_message_chunk',
  'compaction_summary_chunk',
]);

/** A turn while it is heard. */
export class TurnSoFar {
  /** The agent's words, for the fingerprint of where it ends. */
  words = '';
  /** The last message it named. */
  message: string | undefined;
  readonly #calls = new Map<string, CallPart>();
  readonly #cursors = new Map<string, { readonly message?: string | undefined; readonly after: boolean }>();
  readonly #unknown = new Map<string, readonly unknown[]>();
  #notices = 0;

  hear(update: Update): readonly CounterpartEvent[] {
    switch (update.sessionUpdate) {
      case 'agent_message_chunk':
        return this.#read(chunk, update, (said) => this.#message(said));
      case 'agent_thought_chunk':
        return this.#read(chunk, update, ({ content }) => [{ kind: 'reasoning', text: textOf(content) }]);
      case 'tool_call':
      case 'tool_call_update':
        return this.#read(toolCall, update, (call) => this.call(call));
      case 'plan':
        return this.#read(plan, update, ({ entries }) => [
          part('plan', {
            kind: 'plan',
            steps: entries.map(({ content, status }) => ({ text: label(content), state: label(status) })),
          }),
        ]);
      case 'usage_update':
        return this.#read(usage, update, (used) => [
          part('usage', { kind: 'notice', text: usageText(used) }),
        ]);
      case 'notice':
        return this.#read(notice, update, (said) => [this.#note(noticeText(said), said.severity !== 'info')]);
      case 'compaction_update':
        return this.#read(compaction, update, (said) => [
          part(`compaction ${said.compactionId}`, { kind: 'notice', text: compactionText(said) }),
        ]);
      case 'cursor_update':
        return this.#read(cursor, update, (said) => this.#cursor(said));
      default:
        return OF_THE_SESSION.has(update.sessionUpdate) ? [] : [this.#keep(update)];
    }
  }

  /** The agent's own cursor behind its last message. */
  get cursor(): string | undefined {
    for (const [id, { message, after }] of [...this.#cursors].reverse())
      if (after && message !== undefined && message === this.message) return id;
    return undefined;
  }

  /** A call as it is now, with what it changed. What an update leaves out stays. */
  call(update: ToolCallUpdate): readonly CounterpartEvent[] {
    const id = update.toolCallId;
    const before = this.#calls.get(id);
    const call = calledNow(before, update);
    this.#calls.set(id, call);
    const events = JSON.stringify(call) === JSON.stringify(before) ? [] : [part(`call ${id}`, call)];
    return [...events, ...diffsOf(id, update).map((diff, at) => part(`diff ${at} ${id}`, diff))];
  }

  /** What is known of a call. */
  known(id: string): CallPart | undefined {
    return this.#calls.get(id);
  }

  #message({ content, messageId }: z.infer<typeof chunk>): readonly CounterpartEvent[] {
    const isNext = messageId != null && this.message !== undefined && messageId !== this.message;
    if (messageId != null) this.message = messageId;
    if (content.type === 'image' && typeof content.data === 'string')
      return [{ kind: 'picture', bytes: Buffer.from(content.data, 'base64') }];
    const text = textOf(content);
    const gap = isNext && this.words !== '' ? '\n\n' : '';
    this.words += text;
    return [{ kind: 'text', text: gap + text }];
  }

  #cursor({ cursorId, anchor, capabilities }: z.infer<typeof cursor>): readonly CounterpartEvent[] {
    const known = this.#cursors.get(cursorId);
    if (capabilities === null || capabilities?.fork === null) this.#cursors.delete(cursorId);
    // The anchor never changes; of an anchor nobody knows nothing is guessed.
    else if (!known && anchor?.type === 'agent_message' && capabilities?.fork !== undefined)
      this.#cursors.set(cursorId, {
        message: anchor.messageId ?? undefined,
        after: anchor.position === 'after',
      });
    return [];
  }

  #read<S extends z.ZodType>(
    schema: S,
    update: Update,
    say: (said: z.infer<S>) => readonly CounterpartEvent[],
  ): readonly CounterpartEvent[] {
    const read = schema.safeParse(update);
    return read.success ? say(read.data) : [this.#keep(update)];
  }

  /** Those of one kind are one part, so that a flood of them is none; the last of them are kept. */
  #keep({ sessionUpdate, ...value }: Update): CounterpartEvent {
    const kind = label(sessionUpdate).slice(0, 60);
    const text = JSON.stringify(value);
    const kept: unknown = text.length <= KEPT_LIMIT ? value : cut(text, KEPT_LIMIT);
    const all = [...(this.#unknown.get(kind) ?? []), kept].slice(-KEPT);
    this.#unknown.set(kind, all);
    const name = `Update of the agent: ${kind}`;
    return part(`unknown ${kind}`, { kind: 'data', name, value: all.length === 1 ? kept : all });
  }

  #note(text: string, warns: boolean): CounterpartEvent {
    this.#notices += 1;
    return part(`notice ${this.#notices}`, { kind: 'notice', text, ...(warns && { warns }) });
  }
}

const part = (key: string, whole: Part): CounterpartEvent => ({ kind: 'part', key, part: whole });

/** A block as text: links and blobs by their names, so that nothing is fetched by showing it. */
export function textOf(content: z.infer<typeof block>): string {
  const { type, text, uri, name, resource } = content as Record<string, unknown>;
  if (type === 'text') return clean(String(text ?? ''));
  if (type === 'resource_link') return `\`${label(String(name ?? uri ?? 'a resource'))}\``;
  const inside = resource as { text?: unknown; uri?: unknown } | undefined;
  if (type === 'resource' && typeof inside?.text === 'string') return cut(clean(inside.text));
  return `[${label(type as string)}]`;
}

function calledNow(before: CallPart | undefined, update: ToolCallUpdate): CallPart {
  const { toolCallId: id, title, kind, status, content, locations, rawInput, rawOutput } = update;
  const state = status === null || status === undefined ? undefined : label(status).replaceAll(' ', '_');
  const states = before ? before.states.split(' ') : [state ?? 'pending'];
  if (state !== undefined && states.at(-1) !== state) states.push(state);
  const text = content ? cut(content.map(contentText).filter(Boolean).join('\n\n')) : before?.text;
  const input = rawInput === undefined ? before?.input : raw(rawInput);
  const output = rawOutput === undefined ? before?.output : raw(rawOutput);
  const files = locations
    ? locations.slice(0, 100).map(({ path, line }) => ({ path: label(path), ...(line != null && { line }) }))
    : before?.files;
  const sort = kind ? label(kind) : before?.sort;
  return {
    ...{
      kind: 'call',
      id,
      title: title ? label(title) : (before?.title ?? 'A tool'),
      states: states.join(' '),
    },
    ...(sort !== undefined && { sort }),
    ...(files && files.length > 0 && { files }),
    ...(text !== undefined && text !== '' && { text }),
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
  };
}

const raw = (value: unknown): string | undefined =>
  value === null ? undefined : cut(clean(typeof value === 'string' ? value : JSON.stringify(value, null, 2)));

function contentText(content: z.infer<typeof toolContent>): string {
  if (content.type !== 'content') return '';
  const inside = block.safeParse(content.content);
  return inside.success ? textOf(inside.data) : '';
}

function diffsOf(call: string, { content }: ToolCallUpdate): readonly DiffPart[] {
  return (content ?? []).slice(0, DIFF_LIMIT).flatMap((one) => {
    const diff = one.type === 'diff' ? diffContent.safeParse(one) : undefined;
    if (!diff?.success) return [];
    const { path, oldText, newText } = diff.data;
    const before = oldText == null ? null : cut(clean(oldText));
    return [{ kind: 'diff', call, path: label(path), before, after: cut(clean(newText)) }];
  });
}

function usageText({ used, size, cost }: z.infer<typeof usage>): string {
  const tokens = `${numberText(used)} of ${numberText(size)} tokens`;
  if (!cost) return tokens;
  const amount =
    cost.currency === 'USD'
      ? `$${cost.amount.toFixed(2)}`
      : `${cost.amount.toFixed(2)} ${label(cost.currency)}`;
  return `${tokens} · ${amount}`;
}

const noticeText = ({ title, description }: z.infer<typeof notice>): string =>
  [label(title), description ? cut(clean(description), LABEL_LIMIT) : ''].filter(Boolean).join(': ');

function compactionText({ status, error }: z.infer<typeof compaction>): string {
  if (status === 'failed')
    return `The agent could not shorten its session${error ? `: ${label(error)}` : '.'}`;
  return status === 'completed' ? 'The agent shortened its session.' : 'The agent shortens its session…';
}
