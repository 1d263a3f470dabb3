/** Run as a process of its own by tests: holds a data folder until it is killed. */
import { openFolder } from './folder.ts';

await openFolder(process.argv[2] ?? '');
process.stdout.write('held\n');
setInterval(() => {}, 60_000);
