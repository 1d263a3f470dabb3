/** Which item of a menu a key moves to. Pure. */

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The index to focus, or undefined when the key does not move. `current` is -1 when no item has the focus. Wraps around. */
export function nextItem(event: Key, current: number, names: readonly string[]): number | undefined {
  const count = names.length;
  if (count === 0 || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  switch (event.key) {
    case 'ArrowDown':
      return (current + 1) % count;
    case 'ArrowUp':
      return (Math.max(current, 0) - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return event.key.length === 1 && event.key !== ' '
        ? startingWith(event.key, current, names)
        : undefined;
  }
}

/** The next item after `current`, around the end, whose name begins with `letter`. */
function startingWith(letter: string, current: number, names: readonly string[]): number | undefined {
  for (let step = 1; step <= names.length; step += 1) {
    const index = (current + step) % names.length;
    if (names[index]?.trim().toLowerCase().startsWith(letter.toLowerCase())) return index;
  }
  return undefined;
}
