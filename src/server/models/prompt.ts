/** Messages of Bough as a prompt of the AI SDK. Pure. */
import type { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { Message, Part } from '../../protocol/index.ts';

export type ChatModel = ReturnType<ReturnType<typeof createOpenAICompatible>['chatModel']>;
export type Prompt = Parameters<ChatModel['doStream']>[0]['prompt'];

export interface PromptOptions {
  /** Send the model its own thoughts back (`contextOf` has left out those of others). */
  readonly reasoning: boolean;
}

/** One entry a message, in order. */
export function promptOf(messages: readonly Message[], options: PromptOptions): Prompt {
  return messages.map((message) => entryOf(message, options));
}

function entryOf({ role, parts }: Message, { reasoning }: PromptOptions): Prompt[number] {
  const text = parts.reduce(addText, '');
  if (role === 'system') return { role, content: text };
  if (role === 'user') return { role, content: [{ type: 'text', text }] };
  const thoughts = parts.map((part) => (part.kind === 'reasoning' ? part.text : '')).join('');
  return {
    role,
    content: [
      ...(reasoning && thoughts !== '' ? [{ type: 'reasoning' as const, text: thoughts }] : []),
      { type: 'text', text },
    ],
  };
}

/**
 * Tool calls go as text: a request of Bough offers no tools, and providers differ on tool messages in one that does not
 * (decision 0030). A file is named rather than left out without a word. Both stand in paragraphs of their own.
 */
function addText(text: string, part: Part): string {
  if (part.kind === 'text') return text + part.text;
  const note = noteOf(part);
  return note === '' ? text : `${text.trimEnd()}\n\n${note}\n\n`.trimStart();
}

function noteOf(part: Exclude<Part, { kind: 'text' }>): string {
  switch (part.kind) {
    case 'reasoning':
      return '';
    case 'tool':
      return toolAsText(part);
    case 'file':
      return `[The file “${part.name}” (${part.type}) is not shown to this model.]`;
  }
}

function toolAsText({ name, input, output, error }: Extract<Part, { kind: 'tool' }>): string {
  const result =
    error !== undefined ? `failed: ${error}` : output !== undefined ? `gave: ${output}` : 'gave no result';
  return `[The tool “${name}” was called with ${input || 'nothing'} and ${result}]`;
}
