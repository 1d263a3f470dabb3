/** A writer's token may be for one conversation: what is of it, and what is said to who asks for more. */
import { parseStream, Refusal } from '../../../protocol/index.ts';

/** Whether a stream is of the conversation. */
export function isOf(conversation: string, stream: string): boolean {
  const name = parseStream(stream);
  return name !== null && 'conversation' in name && name.conversation === conversation;
}

export const notForWriters = (conversation: string | undefined): Refusal =>
  new Refusal(
    403,
    'not-for-writers',
    conversation === undefined
      ? 'This access token reads, makes branches and says things in them, nothing else.'
      : 'This access token reads one conversation, makes branches there and says things in them, nothing else.',
  );
