/** Long work in pieces: between them the browser paints, and hears what a person does. */

/** After how long a piece ends with the part that was begun, in ms. Nobody notices 50, and a part may take some ten on a slow machine. */
const PIECE = 12;

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

/** What `work` comes to, with a breath where a piece of it has lasted. @param work stops after each millisecond or two */
export async function bySteps<T>(work: Generator<void, T>): Promise<T> {
  let began = performance.now();
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    if (performance.now() - began < PIECE) continue;
    await breath();
    began = performance.now();
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
