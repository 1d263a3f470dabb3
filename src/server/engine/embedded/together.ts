/**
 * `work`, done once for all who ask while it waits to start. Who asks while it runs gets the
 * next run, which sees everything they did before they asked.
 */
export function together(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  const start = (): Promise<void> => {
    next = null;
    running = work();
    return running;
  };
  return () => {
    next ??= running.catch(() => {}).then(start);
    return next;
  };
}
