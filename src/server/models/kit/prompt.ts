/** Messages of Bough as a prompt of the AI SDK. Pure. */
import type { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import {
  type FilePart,
  filesOf,
  isAudio,
  isImage,
  joined,
  type Message,
  type Part,
  partForModel,
  TEXT_TYPE,
} from '../../../protocol/index.ts';
import type { FileContent, FileContents } from '../port.ts';

export type ChatModel = ReturnType<ReturnType<typeof createOpenAICompatible>['chatModel']>;
export type Prompt = Parameters<ChatModel['doStream']>[0]['prompt'];

export interface PromptOptions {
  /** Send the model its own thoughts back (`contextOf` has left out those of others). */
  readonly reasoning: boolean;
  /** What the files hold, by hash. Default: nothing, then they are named only. */
  readonly files?: FileContents | undefined;
  /** False: the model takes no images, they are named instead. Default: true. */
  readonly images?: boolean;
  /** As `images`. */
  readonly audio?: boolean;
  /** Most bytes of one image; a larger one is named instead. Default: any. */
  readonly imageLimit?: number;
}

/** One entry a turn, in order. */
export function promptOf(messages: readonly Message[], options: PromptOptions): Prompt {
  return turnsOf(messages).map((turn) => entryOf(turn, options));
}

/**
 * Messages as turns: neighbours of one role are joined, for many templates refuse two in a row, and what says nothing (blank
 * text, thoughts alone) is left out, for some providers refuse it, both of them again with every further question.
 */
export function turnsOf(messages: readonly Message[]): readonly Message[] {
  const turns: Message[] = [];
  for (const message of messages.filter(({ parts }) => parts.some(saysSomething))) {
    const last = turns.at(-1);
    if (last?.role !== message.role) turns.push(message);
    else turns[turns.length - 1] = { ...last, parts: [...last.parts, PARAGRAPH, ...message.parts] };
  }
  return opened(turns);
}

/** A conversation from elsewhere may begin with a reply, which many templates refuse. */
function opened(turns: readonly Message[]): readonly Message[] {
  const at = turns.findIndex(({ role }) => role !== 'system');
  const first = turns[at];
  if (first?.role !== 'assistant') return turns;
  const asking: Message = { ...first, role: 'user', author: { kind: 'user' }, parts: [OPENING] };
  return [...turns.slice(0, at), asking, ...turns.slice(at)];
}

const OPENING: Part = { kind: 'text', text: '(The assistant speaks first.)' };

const PARAGRAPH: Part = { kind: 'text', text: '\n\n' };

function saysSomething(part: Part): boolean {
  if (part.kind === 'reasoning') return false;
  if (part.kind === 'text') return part.text.trim() !== '';
  return part.kind === 'file' || partForModel(part).trim() !== '';
}

/** All that goes as words; `shown`: the images and audio that go as what they are. */
export function promptText(
  parts: readonly Part[],
  options: Omit<PromptOptions, 'reasoning'>,
): { readonly text: string; readonly shown: readonly Part[] } {
  const shown = parts.filter((part) => isShown(part, options));
  const text = parts
    .filter((part) => !shown.includes(part))
    .reduce((said, part) => addText(said, part, options), '');
  return { text, shown };
}

function entryOf({ role, parts }: Message, options: PromptOptions): Prompt[number] {
  const { reasoning } = options;
  const { text, shown } = promptText(
    parts,
    role === 'user' ? options : { ...options, images: false, audio: false },
  );
  if (role === 'system') return { role, content: text };
  if (role === 'user') {
    const media = shown.map((part) => mediaEntry(part as FilePart, options));
    // Some servers refuse an empty text.
    return {
      role,
      content: [...media, ...(text === '' && media.length > 0 ? [] : [{ type: 'text' as const, text }])],
    };
  }
  const thoughts = parts.map((part) => (part.kind === 'reasoning' ? part.text : '')).join('');
  return {
    role: 'assistant',
    content: [
      ...(reasoning && thoughts !== '' ? [{ type: 'reasoning' as const, text: thoughts }] : []),
      // Some servers refuse an empty text, and a reply may be thoughts alone.
      ...(text === '' ? [] : [{ type: 'text' as const, text }]),
    ],
  };
}

/** Images and audio go before the words: models read them best there. */
function isShown(
  part: Part,
  {
    files,
    images = true,
    audio = true,
    imageLimit = Number.POSITIVE_INFINITY,
  }: Omit<PromptOptions, 'reasoning'>,
): boolean {
  const [file] = filesOf([part]);
  const size = file && files?.get(file.hash)?.bytes.length;
  if (file === undefined || size === undefined) return false;
  return isAudio(file) ? audio : images && isImage(file) && size <= imageLimit;
}

function mediaEntry({ hash, type }: FilePart, { files }: PromptOptions) {
  const bytes = files?.get(hash)?.bytes ?? new Uint8Array();
  return { type: 'file' as const, mediaType: type, data: { type: 'data' as const, data: bytes } };
}

/**
 * What is neither text nor media goes as its kind says it in words: a request of Bough offers no tools, and providers differ on tool
 * messages in one that does not (decision 0030).
 */
function addText(text: string, part: Part, { files }: Pick<PromptOptions, 'files'>): string {
  return joined(
    text,
    partForModel(part, (hash) => textIn(files?.get(hash))),
    part,
  );
}

function textIn(content: FileContent | undefined): string | undefined {
  return content?.type === TEXT_TYPE ? new TextDecoder().decode(content.bytes) : undefined;
}
