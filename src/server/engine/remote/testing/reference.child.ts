/** The reference server of the protocol, in a process of its own: says its address, ends when its parent is gone. */
import { DurableStreamTestServer } from '@durable-streams/server';

const [dataDir, port = '0'] = process.argv.slice(2);
const server = new DurableStreamTestServer({ port: Number(port), ...(dataDir && { dataDir }) });
console.log(await server.start());
process.stdin.resume();
process.stdin.on('end', () => process.exit());
