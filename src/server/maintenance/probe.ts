/**
 * Run as a process of its own by `soundness.ts`: reads the whole database of a storage. A damaged one ends the process that opens it
 * (it is mapped into memory): better this one than the caller.
 */
import { codeOf } from '../engine/embedded/explain.ts';
import { openReaderAnywhere } from '../engine/embedded/reader.ts';

/** Exit code: the system did not let it look, and said why on standard output. */
const NOT_LOOKED = 3;

const reader = await openReaderAnywhere(process.argv[2] ?? '').catch((error: unknown) => {
  if (codeOf(error) === undefined) throw error;
  console.log(codeOf(error));
  process.exit(NOT_LOOKED);
});
let streams = 0;
for (const { name } of reader.streams('')) streams += Number(name !== '');
await reader.close();
console.log(streams);
