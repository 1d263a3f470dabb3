/** What is said about steps that are taken back and done again. */
import { redo, undo } from './anywhere.ts';

export { redo, undo };
export const nothingToUndo = 'Nothing to undo.';
export const nothingToRedo = 'Nothing to redo.';
/** `did`: what would be undone, in words; undefined where there is nothing. */
export const undoOf = (did: string | undefined) => (did ? `${undo}: ${did}` : undo);
export const redoOf = (did: string | undefined) => (did ? `${redo}: ${did}` : redo);
const sentence = (did: string) => (did.endsWith('.') ? did : `${did}.`);
export const undone = (did: string) => `Undone: ${sentence(did)}`;
export const redone = (did: string) => `Redone: ${sentence(did)}`;
export const changedSince = 'What was changed since then stays as it is.';
export const nothingLeft = (did: string) =>
  `Nothing left to undo, it was changed since then: ${sentence(did)}`;
export const nothingLeftToRedo = (did: string) =>
  `Nothing left to redo, it was changed since then: ${sentence(did)}`;
/** `why`: what the server said. */
export const cannotBeUndone = (did: string, why: string) =>
  `This cannot be undone any more: ${sentence(did)} ${why}`;
export const cannotBeRedone = (did: string, why: string) =>
  `This cannot be redone any more: ${sentence(did)} ${why}`;
