/**
 * What a record has under a name that others chose (an id, a word of an agent): an object inherits more than it was given, and `constructor`
 * and `toString` are ids and words like any other.
 */
export const ownOf = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
