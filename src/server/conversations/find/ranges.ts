/** Whole messages, read by the offsets their headers name: what lies one after another in a branch with one request. */
import { branchStream, type Message, readMessages } from '../../../protocol/index.ts';
import type { MessageHeader } from '../../../tree/index.ts';
import type { Engine } from '../../engine/index.ts';
import { isMissing } from '../kit/refusals.ts';

/** Messages that lie one after another in their branch, so that one read gives them. Offsets are compared, never ordered. */
export function rangesOf(headers: readonly MessageHeader[]): readonly (readonly MessageHeader[])[] {
  const place = (branch: string, offset: string) => `${branch} ${offset}`;
  const byStart = new Map(headers.map((header) => [place(header.branch, header.start), header]));
  const ends = new Set(headers.map((header) => place(header.branch, header.end)));
  const ranges: MessageHeader[][] = [];
  for (const header of headers) {
    if (ends.has(place(header.branch, header.start))) continue;
    const range: MessageHeader[] = [];
    for (let at: MessageHeader | undefined = header; at; at = byStart.get(place(at.branch, at.end)))
      range.push(at);
    ranges.push(range);
  }
  return ranges;
}

/** By id; what cannot be read any more is not there. @param range of `rangesOf`, or a part of one. Throws EngineError. */
export async function readRange(
  engine: Pick<Engine, 'read'>,
  conversation: string,
  range: readonly MessageHeader[],
): Promise<ReadonlyMap<string, Message>> {
  const found = new Map<string, Message>();
  const [first] = range;
  if (!first) return found;
  const stream = branchStream(conversation, first.branch);
  try {
    let offset = first.start;
    for (let read = 0; read < range.length; ) {
      const page = await engine.read(stream, offset, { maxItems: range.length - read });
      for (const message of readMessages(page.items)) found.set(message.id, message);
      if (page.items.length === 0) break;
      read += page.items.length;
      offset = page.next;
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return found;
}
