/**
 * Run as a process of its own by `soundness.ts`: reads the whole database of a storage. A damaged one ends the process that opens it
 * (it is mapped into memory), and that shall be this one.
 */
import { openReader } from '../engine/embedded/reader.ts';

const reader = openReader(process.argv[2] ?? '');
let streams = 0;
for (const { name } of reader.streams('')) streams += Number(name !== '');
await reader.close();
console.log(streams);
