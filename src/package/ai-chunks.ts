/** A reply of Bough as chunks of the AI SDK's UI message stream. Pure. */
import type { UIMessage, UIMessageChunk } from 'ai';
import { type FilePart, filePath, isKnown, type Message, type Part, type Reply } from '../protocol/index.ts';

/** What a stream has given of each part so far, by its number. */
export type GivenParts = ReadonlyMap<number, GivenPart>;
export const nothingGiven: GivenParts = new Map();

interface GivenPart {
  /** Of words: those given. Of data: all of it, as text. */
  readonly said: string;
  readonly over: boolean;
}

/** Where files of the server are read, without a slash at its end. */
type BaseUrl = string;

/** What is new in a reply beside what was given. Words begin, grow and end; whatever the SDK has no kind for is data. */
export function newChunks(
  given: GivenParts,
  reply: Pick<Reply, 'parts' | 'end'>,
  baseUrl: BaseUrl,
): { readonly given: GivenParts; readonly chunks: UIMessageChunk[] } {
  const chunks: UIMessageChunk[] = [];
  const next = new Map(given);
  for (const [n, part] of reply.parts.entries()) {
    const before = given.get(n);
    const over = reply.end !== undefined || n < reply.parts.length - 1;
    if (before?.over && before.said === growingText(part)) continue;
    next.set(n, { said: growingText(part), over });
    chunks.push(...chunksOf({ n, part, before, over, baseUrl }));
  }
  return { given: next, chunks };
}

interface PartChange {
  readonly n: number;
  readonly part: Part;
  readonly before: GivenPart | undefined;
  readonly over: boolean;
  readonly baseUrl: BaseUrl;
}

const growingText = (part: Part): string =>
  isKnown(part) && (part.kind === 'text' || part.kind === 'reasoning') ? part.text : JSON.stringify(part);

function chunksOf(change: PartChange): UIMessageChunk[] {
  const { n, part, before, over, baseUrl } = change;
  const shown = isKnown(part) ? part : undefined;
  switch (shown?.kind) {
    case 'text':
    case 'reasoning':
      return wordChunks(shown.kind, change);
    case 'tool':
      return toolChunks(shown, before, over);
    case 'file':
      return before ? [] : [{ type: 'file', url: urlOf(shown, baseUrl), mediaType: shown.type }];
    // Where an agent stands in its own session is nothing to be shown.
    case 'session':
      return [];
    case 'data':
      return [{ type: `data-${shown.name}`, id: `${n}`, data: shown.value }];
    default:
      return before?.said === growingText(part)
        ? []
        : [{ type: `data-${part.kind}`, id: `${n}`, data: part }];
  }
}

function wordChunks(kind: 'text' | 'reasoning', { n, part, before, over }: PartChange): UIMessageChunk[] {
  const words = growingText(part);
  const id = `${kind}-${n}`;
  const more = words.startsWith(before?.said ?? '') ? words.slice(before?.said.length ?? 0) : words;
  return [
    ...(before ? [] : [{ type: `${kind}-start` as const, id }]),
    ...(more === '' ? [] : [{ type: `${kind}-delta` as const, id, delta: more }]),
    ...(over ? [{ type: `${kind}-end` as const, id }] : []),
  ];
}

interface Tool {
  readonly call: string;
  readonly name: string;
  readonly input: string;
  readonly output?: string;
  readonly error?: string;
}

function toolChunks(part: Tool, before: GivenPart | undefined, over: boolean): UIMessageChunk[] {
  const { call: toolCallId, name: toolName, input, output, error } = part;
  const known = before && (JSON.parse(before.said) as Tool);
  const hasResult = (tool: Tool | undefined) => tool?.output !== undefined || tool?.error !== undefined;
  const wasCalled = before?.over || hasResult(known);
  const isCalled = over || hasResult(part);
  const dynamic = true;
  return [
    ...(before ? [] : [{ type: 'tool-input-start' as const, toolCallId, toolName, dynamic }]),
    ...(isCalled && !wasCalled
      ? [{ type: 'tool-input-available' as const, toolCallId, toolName, input: asJson(input), dynamic }]
      : []),
    ...(output !== undefined && over
      ? [{ type: 'tool-output-available' as const, toolCallId, output: asJson(output), dynamic }]
      : []),
    ...(error !== undefined && over
      ? [{ type: 'tool-output-error' as const, toolCallId, errorText: error, dynamic }]
      : []),
  ];
}

const urlOf = ({ hash, name }: FilePart, baseUrl: BaseUrl): string =>
  `${baseUrl}${filePath(hash)}?name=${encodeURIComponent(name)}`;

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A whole message as the SDK keeps it: under the same id. */
export function uiMessageOf({ id, role, parts }: Message, baseUrl: BaseUrl): UIMessage {
  return {
    id,
    role: role === 'user' || role === 'system' ? role : 'assistant',
    parts: parts.flatMap((part, n): UIMessage['parts'] => {
      const shown = isKnown(part) ? part : undefined;
      if (shown?.kind === 'text') return [{ type: 'text', text: shown.text, state: 'done' }];
      if (shown?.kind === 'reasoning') return [{ type: 'reasoning', text: shown.text, state: 'done' }];
      if (shown?.kind === 'file')
        return [{ type: 'file', url: urlOf(shown, baseUrl), mediaType: shown.type, filename: shown.name }];
      if (shown?.kind === 'tool') return [toolOf(shown)];
      if (shown?.kind === 'session') return [];
      if (shown?.kind === 'data') return [{ type: `data-${shown.name}`, id: `${n}`, data: shown.value }];
      return [{ type: `data-${part.kind}`, id: `${n}`, data: part }];
    }),
  };
}

function toolOf({
  call: toolCallId,
  name: toolName,
  input,
  output,
  error,
}: Tool): UIMessage['parts'][number] {
  const called = { type: 'dynamic-tool' as const, toolCallId, toolName, input: asJson(input) };
  if (error !== undefined) return { ...called, state: 'output-error', errorText: error };
  if (output !== undefined) return { ...called, state: 'output-available', output: asJson(output) };
  return { ...called, state: 'input-available' };
}
