/**
 * The contract on the remote adapter: against the reference server, or against the engine at `BOUGH_STREAMS_URL`
 * (`npm run test:engine`; `BOUGH_STREAMS_ENGINE=rust` if it is one whose limits are known).
 */
import { afterAll } from 'vitest';
import { bytesContract } from '../contract/bytes.ts';
import { engineContract } from '../contract.ts';
import { openRemote } from './index.ts';
import { CANNOT } from './testing/cannot.ts';
import { type EngineProcess, referenceServer } from './testing/reference.ts';

const { BOUGH_STREAMS_URL: given, BOUGH_STREAMS_TOKEN: token, BOUGH_STREAMS_ENGINE: engine } = process.env;
const name = given ? (engine ?? 'other') : 'reference';

let reference: EngineProcess | undefined;
if (!given) reference = await referenceServer();
afterAll(() => reference?.stop());

engineContract(
  `remote, ${name}`,
  async () => ({ engine: openRemote({ url: given ?? reference?.url ?? '', ...(token && { token }) }) }),
  CANNOT[name],
);

bytesContract(name, () => openRemote({ url: given ?? reference?.url ?? '', ...(token && { token }) }));
