/**
 * Run as a process of its own by kills.ts, until it is killed: the whole server, with a model whose words count. Says its address on
 * standard output, and then how many replies are being written, whenever that changes.
 */
import { writeSync } from 'node:fs';
import { createLog } from '../log.ts';
import { startServer } from '../server.ts';
import type { ChildOptions } from './child-server.ts';
import { countingSource } from './counting-source.ts';

const [data = '', options = ''] = process.argv.slice(2);
const { words, pause, streams, segmentItems, agents = false } = JSON.parse(options) as ChildOptions;
const say = (line: string): void => void writeSync(1, `${line}\n`);

const source = countingSource({
  words,
  pause,
  onFlight: (replies) => say(`flying ${replies}`),
});
const { url } = await startServer(
  {
    host: '127.0.0.1',
    port: 0,
    data,
    demoModes: false,
    localModels: false,
    agents,
    agentRoots: [],
    titles: false,
    log: 'error',
    ...(streams && { streams: { url: streams } }),
  },
  { log: createLog({ level: 'error' }), sources: [source], ...(segmentItems && { segmentItems }) },
);
say(`url ${url}`);
