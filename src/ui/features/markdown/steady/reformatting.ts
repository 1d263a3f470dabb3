/** Who has to know that text which is shown is about to be formatted, or formatted anew: what is read shall stay where it is. */
const listeners = new Set<() => void>();

/** Calls `listener` right before each change, when all is laid out as it was. Returns the way to stop. */
export function beforeReformatting(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellOfReformatting(): void {
  for (const listener of listeners) listener();
}
