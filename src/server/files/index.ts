export { type ContentCache, createCache } from './cache.ts';
export { asMissing, readPieces, writePieces } from './pieces.ts';
export { createSharedStore } from './shared-store.ts';
export { createFileStore, type FileStore, storedHashes } from './store.ts';
