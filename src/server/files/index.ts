export { createFileStore, type FileStore } from './store.ts';
