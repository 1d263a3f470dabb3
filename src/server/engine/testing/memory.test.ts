import { engineContract } from '../contract.ts';
import { MemoryEngine } from './memory.ts';

engineContract('in memory', async () => ({ engine: new MemoryEngine() }));
