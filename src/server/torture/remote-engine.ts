/** The engine elsewhere that a torture uses. */
import { referenceServer } from '../engine/remote/testing/reference.ts';

export interface RemoteEngine {
  /** Streams are below it. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * The one at `BOUGH_STREAMS_URL`, below a path of its own; without that, or with `reference`, a reference server started for it. Whoever
 * starts one stops it.
 */
export async function remoteEngine(name: string): Promise<RemoteEngine> {
  const given = process.env.BOUGH_STREAMS_URL;
  const below = `${name}-${Date.now()}`;
  if (given && given !== 'reference') return { url: `${given}/${below}`, stop: async () => {} };
  const { url, stop } = await referenceServer();
  return { url: `${url}/${below}`, stop };
}
