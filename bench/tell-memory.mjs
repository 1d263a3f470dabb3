/** Loaded into a server before its own code: at SIGUSR2 it collects garbage and says what is still held, in MB. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

process.on('SIGUSR2', () => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  console.log(`held ${((heapUsed + external) / 2 ** 20).toFixed(1)}`);
});
