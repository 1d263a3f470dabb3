export { modelCounterpart } from './models.ts';
export * from './port.ts';
