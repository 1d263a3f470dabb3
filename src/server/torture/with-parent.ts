/** Loaded before a process that a test starts (`--import`): it ends with whoever started it, however far it has come. */
import { isMainThread } from 'node:worker_threads';

// Its threads load this, too, and have a standard input that is closed from the start.
if (isMainThread) process.stdin.on('close', () => process.exit(1)).resume();
