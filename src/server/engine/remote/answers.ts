/** What the engine's answers mean to the port (protocol, sections 5.1 to 5.5). Pure. */
import { EngineUnavailable, OffsetUnknown, StreamConflict, StreamGone, StreamMissing } from '../errors.ts';
import {
  type AppendResult,
  type BytePage,
  type Created,
  type Offset,
  type ReadPage,
  START,
  type StreamState,
} from '../port.ts';
import type { EngineAnswer } from './http.ts';

type Head = Pick<EngineAnswer, 'status' | 'headers'>;

export function createdOf(stream: string, answer: Head): Created {
  if (answer.status === 201 || answer.status === 200)
    return { created: answer.status === 201, ...stateOf(stream, answer) };
  if (answer.status === 409 || answer.status === 410) throw new StreamConflict(stream, 'the name is taken');
  if (answer.status === 404 || answer.status === 405)
    throw new EngineUnavailable(
      `There is no storage (${answer.status}): is BOUGH_STREAMS_URL right?`,
      stream,
      { why: 'elsewhere' },
    );
  throw unexpected(stream, answer);
}

/** @param seq was sent: without one, a conflict is about something else. */
export function appendedOf(stream: string, answer: Head, seq: boolean): AppendResult {
  const { status } = answer;
  if (status === 204 || status === 200) return { kind: 'appended', next: offsetOf(stream, answer) };
  const refused = status === 409 || status === 403;
  if (refused && isSet(answer, 'stream-closed')) return { kind: 'closed', next: offsetOf(stream, answer) };
  if (status === 409 && seq) return { kind: 'conflict' };
  throw missingOr(stream, answer);
}

export function headOf(stream: string, answer: Head): StreamState | null {
  if (answer.status === 404 || answer.status === 410) return null;
  if (answer.status === 200) return stateOf(stream, answer);
  throw unexpected(stream, answer);
}

export function pageOf(stream: string, from: Offset, answer: EngineAnswer): ReadPage {
  checkRead(stream, from, answer);
  const items = itemsOf(stream, answer.body);
  return { items, ...reachOf(stream, from, answer, items.length === 0) };
}

export function bytePageOf(stream: string, from: Offset, answer: EngineAnswer<Uint8Array>): BytePage {
  checkRead(stream, from, answer);
  const bytes = answer.body;
  return { bytes, ...reachOf(stream, from, answer, bytes.byteLength === 0) };
}

function checkRead(stream: string, from: Offset, answer: Head): void {
  if (answer.status === 400) throw new OffsetUnknown(stream, from);
  if (answer.status !== 200) throw missingOr(stream, answer);
}

function reachOf(
  stream: string,
  from: Offset,
  answer: Head,
  isEmpty: boolean,
): Pick<ReadPage, 'next' | 'upToDate' | 'closed'> {
  const next = offsetOf(stream, answer);
  const upToDate = isSet(answer, 'stream-up-to-date');
  // Engines answer any offset past the tail with nothing; but where nothing follows, the tail is where we stand.
  if (isEmpty && from !== START && next !== from) throw new OffsetUnknown(stream, from);
  if (isEmpty && !upToDate) throw new EngineUnavailable('The storage gave an empty page.', stream);
  return { next, upToDate, closed: upToDate && isSet(answer, 'stream-closed') };
}

export function deletedOf(stream: string, answer: Head): void {
  if (![200, 204, 404, 410].includes(answer.status)) throw unexpected(stream, answer);
}

export function closedOf(stream: string, answer: Head): void {
  const { status } = answer;
  if (status === 200 || status === 204 || (status === 409 && isSet(answer, 'stream-closed'))) return;
  throw missingOr(stream, answer);
}

export function missingOr(stream: string, answer: Head): Error {
  if (answer.status === 404) return new StreamMissing(stream);
  if (answer.status === 410) return new StreamGone(stream);
  return unexpected(stream, answer);
}

/** Whatever else an engine, or a proxy before it, may say: look later. */
function unexpected(stream: string, { status }: Head): EngineUnavailable {
  if (status === 401 || status === 403)
    return new EngineUnavailable(
      `The storage refuses Bough (${status}): is BOUGH_STREAMS_TOKEN right?`,
      stream,
      { why: 'refused' },
    );
  return new EngineUnavailable(`The storage answered ${status}.`, stream);
}

function stateOf(stream: string, answer: Head): StreamState {
  return { next: offsetOf(stream, answer), closed: isSet(answer, 'stream-closed') };
}

function offsetOf(stream: string, { headers }: Head): Offset {
  const next = headers['stream-next-offset'];
  if (typeof next === 'string' && next !== '' && next !== START && next !== 'now') return next;
  throw new EngineUnavailable('The storage gave no offset: is BOUGH_STREAMS_URL right?', stream);
}

const isSet = ({ headers }: Head, name: string): boolean => headers[name] === 'true';

function itemsOf(stream: string, body: string): unknown[] {
  try {
    const items: unknown = JSON.parse(body);
    if (Array.isArray(items)) return items;
  } catch {
    // Told below.
  }
  throw new EngineUnavailable('The storage gave something that is no JSON list.', stream);
}
