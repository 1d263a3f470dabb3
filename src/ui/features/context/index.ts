/** Loaded when a page with a message box is there: nothing of it is in the first load. */
export { ContextMeter, type MeterProps } from './context-meter.tsx';
export { ContextNote } from './context-note.tsx';
