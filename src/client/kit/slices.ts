/** Long work in pieces: between them the browser paints, and hears what a person does. */

/** After how long a piece ends with the part that was begun, in ms. Nobody notices 50, and some machines are four times slower. */
const PIECE = 5;

/**
 * Calls `take` with one part of `all` after another, in order, and lets the browser breathe where a piece has lasted.
 * @param size of a part; it should take a millisecond or two
 */
export async function inSlices<T>(
  all: readonly T[],
  size: number,
  take: (part: readonly T[]) => void,
): Promise<void> {
  let began = performance.now();
  for (let at = 0; at < all.length; at += size) {
    if (performance.now() - began >= PIECE) {
      await breath();
      began = performance.now();
    }
    take(all.slice(at, at + size));
  }
}

/** The next task, also in a hidden tab, whose timers come once a second. */
export function breath(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
