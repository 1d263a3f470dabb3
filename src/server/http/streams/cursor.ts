/** `Stream-Cursor` (Durable Streams protocol, section 8.1): moves on with time, never back, so no cache answers for ever. */
const EPOCH = Date.UTC(2024, 9, 9);
const INTERVAL_MS = 20_000;
const JITTER_LIMIT = 180;

/** The cursor of an answer to a reader that sent `given`: the number of the interval, or more than `given` if that is not less. */
export function nextCursor(given: string | undefined, now: number = Date.now()): string {
  const current = Math.floor((now - EPOCH) / INTERVAL_MS);
  const theirs = given !== undefined && /^\d{1,15}$/.test(given) ? Number(given) : -1;
  return String(theirs < current ? current : theirs + 1 + Math.floor(Math.random() * JITTER_LIMIT));
}
