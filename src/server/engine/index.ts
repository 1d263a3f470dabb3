export * from './errors.ts';
export * from './port.ts';
export * from './read-all.ts';
