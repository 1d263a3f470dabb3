/** What an agent is told: what was said since its session stands, or, where it begins anew, all of it as text. */
import { isAudio, isImage, type Message, type Part, partForModel } from '../../../protocol/index.ts';
import { type Context, CounterpartFailure } from '../../counterparts/port.ts';
import type { AgentFacts } from '../running-agent.ts';

export type Block = Readonly<Record<string, unknown>> & { readonly type: string };

export interface NewWords {
  readonly context: Context;
  /** The reply after which the session goes on; undefined: all is new to it. */
  readonly after: string | undefined;
  readonly facts: Pick<AgentFacts, 'images' | 'audio' | 'embeds'>;
  readonly name: string;
}

/** Throws CounterpartFailure for what the agent cannot take. */
export function promptOf({ context, after, facts, name }: NewWords): readonly Block[] {
  const { messages } = context;
  const at = messages.findIndex(({ id }) => id === after);
  // The system prompt stands in front, wherever it was said.
  const fresh = at < 0 ? messages : messages.slice(at + 1);
  // A reply that was cut off before its first word tells nothing.
  const isTold = fresh.some((message) => message.role === 'assistant' && asText(message) !== '');
  if (isTold) {
    const last = fresh.at(-1);
    const before = fresh.slice(0, -1).map(asText).filter(Boolean).join('\n\n');
    const told = `This conversation began elsewhere. This is what was said in it:\n\n<conversation>\n${before}\n</conversation>\n\nGo on with it. The next message is:`;
    return [{ type: 'text', text: told }, ...(last ? blocksOf(last, context, facts, name) : [])];
  }
  return fresh.flatMap((message) => blocksOf(message, context, facts, name));
}

function asText({ role, author, parts }: Message): string {
  const words = parts
    .map((part) => partForModel(part))
    .filter(Boolean)
    .join('\n\n');
  const who =
    role === 'assistant'
      ? 'name' in author && author.name
        ? author.name
        : 'Assistant'
      : role === 'system'
        ? 'Instructions'
        : 'Person';
  return words === '' ? '' : `${who}:\n${words}`;
}

function blocksOf(
  { role, parts }: Message,
  { files }: Context,
  facts: NewWords['facts'],
  name: string,
): readonly Block[] {
  return parts.flatMap((part: Part): Block[] => {
    if (part.kind !== 'file' || !('hash' in part)) {
      const text = partForModel(part);
      return text === '' ? [] : [{ type: 'text', text: role === 'system' ? `Instructions:\n${text}` : text }];
    }
    const file = part as Extract<Part, { kind: 'file'; hash: string }>;
    const content = files.get(file.hash);
    if (!content) return [{ type: 'text', text: `[The file “${file.name}” cannot be read any more]` }];
    const media = isImage(content) ? 'images' : isAudio(content) ? 'audio' : undefined;
    if (!media) {
      const text = new TextDecoder().decode(content.bytes);
      const uri = `file:///${encodeURIComponent(file.name)}`;
      if (facts.embeds) return [{ type: 'resource', resource: { uri, mimeType: 'text/plain', text } }];
      return [{ type: 'text', text: `${file.name}:\n\n\`\`\`\n${text}\n\`\`\`` }];
    }
    if (!facts[media])
      throw new CounterpartFailure({
        code: `no-${media}`,
        sentence: `${name} takes no ${media}. Take “${file.name}” away and ask again.`,
      });
    const type = media === 'images' ? 'image' : 'audio';
    return [{ type, mimeType: content.type, data: Buffer.from(content.bytes).toString('base64') }];
  });
}
