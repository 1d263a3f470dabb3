/** Which conversation a key in the list moves to. Pure. */

/** The id to move to from `current`, or undefined when the key does not move or there is nowhere to go. */
export function moveIn(ids: readonly string[], current: string, key: string): string | undefined {
  const index = ids.indexOf(current);
  switch (key) {
    case 'ArrowDown':
      return ids[index + 1];
    case 'ArrowUp':
      return ids[index - 1];
    case 'Home':
      return ids[0];
    case 'End':
      return ids.at(-1);
    default:
      return undefined;
  }
}

/** The row that gets the focus when `gone` leaves the list: the next one, or at the end the one before. */
export function neighbourOf(ids: readonly string[], gone: string): string | undefined {
  const index = ids.indexOf(gone);
  return index === -1 ? undefined : (ids[index + 1] ?? ids[index - 1]);
}
