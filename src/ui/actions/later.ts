/** What actions of the first load leave to others; nothing of it is in the first load. */
export { arrangeWithUndo } from './conversation/arranging.ts';
export { offerStep, turnBack } from './undo/steps.ts';
