/** Long answers: text, or bytes, pulled from a generator only when the socket has room. */
import type { Log } from '../../log.ts';
import type { Encoder } from '../kit/compress-answers.ts';

/**
 * For answers that go on: proxies hold back what they could pass on, gather it (nginx, unless told by `X-Accel-Buffering`), or gather it
 * to compress it (`no-transform`).
 */
export const FLOWING = { 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' } as const;

/**
 * A body that asks `pieces` for the next piece when the one before was taken, and keeps none in reserve: a slow reader
 * stops the generator. When the reader leaves, `left` is called and the generator returned, so its `finally` runs. An
 * error of the generator is logged and ends the body. `encoder` is ended or closed here.
 */
export function bodyOf(
  pieces: AsyncGenerator<string | Uint8Array, void>,
  left: () => void,
  log: Log,
  encoder: Encoder,
): ReadableStream<Uint8Array> {
  let over = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = await nextOf(pieces, log);
        // A reader that left while it waited has closed the body itself.
        if (over) return;
        const bytes = await (piece === null ? encoder.end() : encoder.encode(piece));
        if (over) return;
        if (bytes.byteLength > 0) controller.enqueue(bytes);
        if (piece === null) controller.close();
      },
      async cancel() {
        over = true;
        encoder.close();
        left();
        await pieces.return();
      },
    },
    { highWaterMark: 0 },
  );
}

async function nextOf<T>(pieces: AsyncGenerator<T, void>, log: Log): Promise<T | null> {
  try {
    const next = await pieces.next();
    return next.done ? null : next.value;
  } catch (error) {
    log.error({ what: 'a live answer failed' }, error);
    return null;
  }
}
