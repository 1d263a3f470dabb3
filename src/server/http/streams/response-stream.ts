/** Long answers: text pulled from a generator only when the socket has room. */
import type { Log } from '../../log.ts';
import type { Encoder } from '../kit/wire.ts';

/**
 * For answers that go on: proxies hold back what they could pass on, gather it (nginx, unless told by `X-Accel-Buffering`), or gather it
 * to compress it (`no-transform`).
 */
export const FLOWING = { 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' } as const;

/**
 * A body that asks `texts` for the next piece when the one before was taken, and keeps none in reserve: a slow reader
 * stops the generator. When the reader leaves, `left` is called and the generator returned, so its `finally` runs. An
 * error of the generator is logged and ends the body. `encoder` is ended or closed here.
 */
export function bodyOf(
  texts: AsyncGenerator<string, void>,
  left: () => void,
  log: Log,
  encoder: Encoder,
): ReadableStream<Uint8Array> {
  let over = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const text = await nextOf(texts, log);
        // A reader that left while it waited has closed the body itself.
        if (over) return;
        const bytes = await (text === null ? encoder.end() : encoder.encode(text));
        if (over) return;
        if (bytes.byteLength > 0) controller.enqueue(bytes);
        if (text === null) controller.close();
      },
      async cancel() {
        over = true;
        encoder.close();
        left();
        await texts.return();
      },
    },
    { highWaterMark: 0 },
  );
}

async function nextOf(texts: AsyncGenerator<string, void>, log: Log): Promise<string | null> {
  try {
    const next = await texts.next();
    return next.done ? null : next.value;
  } catch (error) {
    log.error({ what: 'a live answer failed' }, error);
    return null;
  }
}
