/** What was opened, to be ended in reverse order. */

export interface ClosingOrder {
  /** `end` is called once, after those added later have settled. */
  add(end: () => Promise<unknown>): void;
  /** Ends everything; the same promise when asked again. `failed` is called with each failure; the rest is still ended. */
  end(failed: (error: unknown) => void): Promise<void>;
}

export function createClosingOrder(): ClosingOrder {
  const ends: (() => Promise<unknown>)[] = [];
  let ending: Promise<void> | undefined;
  const all = async (failed: (error: unknown) => void): Promise<void> => {
    for (const end of ends.reverse()) await end().catch(failed);
  };
  return {
    add: (end) => ends.push(end),
    end: (failed) => {
      ending ??= all(failed);
      return ending;
    },
  };
}
