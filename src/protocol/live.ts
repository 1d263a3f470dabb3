/**
 * The live endpoint: `POST /api/live` with the whole set of streams and where each is read from; answered by NDJSON
 * lines until the connection ends (docs/protocol.md, "Live connection"). The server keeps no session.
 */
import * as z from 'zod/mini';

export const LIVE_PATH = '/api/live';
/** Answers at once, and whole. */
export const HEALTH_PATH = '/api/health';
/** The most streams one connection follows. */
export const LIVE_STREAM_LIMIT = 200;
/** A connection lasts this long at most, in ms; the server then says `bye` and the client connects anew. */
export const LIVE_DURATION = 5 * 60_000;
/** The server sends something at least this often, in ms; a client that hears nothing for 2.5 times as long, after `ready`, lets go. */
export const LIVE_BEAT = 5000;

const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));
const offset = text(200);
const stream = text(300);

/** `offset`: what the client has read up to; `START` for nothing. */
export const liveRequestSchema = z.strictObject({
  streams: z.array(z.strictObject({ stream, offset })).check(z.maxLength(LIVE_STREAM_LIMIT)),
});
export type LiveRequest = z.infer<typeof liveRequestSchema>;

/** One line of the answer. */
export const liveLineSchema = z.discriminatedUnion('kind', [
  /** All streams are followed; a client drops its previous connection now. */
  z.object({ kind: z.literal('ready') }),
  /** Items of `stream` between two offsets. A reader whose position is not `from` reads again by GET. */
  z.object({
    kind: z.literal('frame'),
    stream,
    from: offset,
    next: offset,
    items: z.array(z.unknown()),
    closed: z.optional(z.boolean()),
  }),
  /** The stream does not exist (any more). For a reply: load the message from its branch. */
  z.object({ kind: z.literal('gone'), stream }),
  /** `unwritten`: what can be read, but nothing can be written now, and why. */
  z.object({ kind: z.literal('beat'), unwritten: z.optional(z.string()) }),
  z.object({ kind: z.literal('bye') }),
]);
export type LiveLine = z.infer<typeof liveLineSchema>;
