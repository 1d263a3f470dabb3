/** What is sent from outside as messages: the name of a batch, ids, who says it. Pure. */
import { createHash } from 'node:crypto';
import { type Message, type Part, VERSION } from '../../../protocol/index.ts';
import type { OutsideItem } from '../../../protocol/outside-writes.ts';
import type { Author, Sent } from '../../../tree/index.ts';
import type { OutsideAuthor, OutsidePost } from './write.ts';

export const authorOf = ({ name }: OutsideAuthor): Author => ({ kind: 'external', name });

export const isBy = (author: Author | undefined, by: OutsideAuthor): boolean =>
  author?.kind === 'external' && author.name === by.name;

/** The same for a request and its retries; for others another, where they say who they are or say something else. */
export function batchName({ by, seq, producer, text }: OutsidePost): string {
  if (producer) return hash('producer', producer.id, producer.epoch, producer.seq);
  if (seq !== undefined) return hash('seq', seq);
  return hash('said', by.name, text);
}

/**
 * @param name of its batch: made once, as it may be of all that was sent
 * @param parent what the batch follows: the same words in another place are others
 */
export function idOf(post: OutsidePost, name: string, n: number, parent: string | null): string {
  const { conversation, branch, seq, producer } = post;
  const place = producer || seq !== undefined ? '' : (parent ?? 'root');
  return hash(conversation, branch, name, place, n);
}

/** The id of the reply that is asked for with a message. */
export const replyId = (message: string): string => hash('reply', message);

const hash = (...parts: readonly (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 21);

export interface SaidPlace {
  readonly id: string;
  readonly parent: string | null;
  readonly time: number;
  readonly sent: Sent;
}

export function messageOf(
  { role, content, parts, finish, usage }: OutsideItem,
  by: OutsideAuthor,
  { id, parent, time, sent }: SaidPlace,
): Message {
  return {
    ...{ v: VERSION, kind: 'message', id, parent, role, author: authorOf(by) },
    parts: parts ? (parts as readonly Part[]) : [{ kind: 'text', text: content ?? '' }],
    ...{ origin: { kind: 'external' }, time },
    ...(finish && { finish }),
    ...(usage && { usage }),
    sent,
  };
}
