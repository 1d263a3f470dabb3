export { createFileStore, type FileStore, storedHashes } from './store.ts';
