/** Runs `task` for each of `items`, at most `most` at a time; the answers in their order. Rejects with the first failure, once what runs has ended. */
export async function sideBySide<T, R>(
  most: number,
  items: Iterable<T>,
  task: (item: T) => Promise<R>,
): Promise<R[]> {
  const answers: R[] = [];
  const waiting = [...items].entries();
  let failed = false;
  const work = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      if (failed) return;
      try {
        answers[index] = await task(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const settled = await Promise.allSettled(Array.from({ length: most }, work));
  for (const one of settled) if (one.status === 'rejected') throw one.reason;
  return answers;
}
