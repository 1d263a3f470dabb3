/** For tests: engines in processes of their own, on loopback. Whoever starts one stops it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runs } from '../../../child-script.ts';

export interface EngineProcess {
  readonly url: string;
  readonly child: ChildProcess;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * The reference server of `@durable-streams/server`. Ends with this process in any case.
 * @param folder where it keeps its streams. Default: in memory. @param port default: a free one.
 */
export async function referenceServer(folder = '', port = 0): Promise<EngineProcess> {
  const script = join(import.meta.dirname, 'reference.child.ts');
  const child = spawn(process.execPath, [...runs(script), folder, String(port)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  // What it keeps in a folder it talks about first.
  const said = new Promise<[string]>((resolve) => {
    lines.on('line', (line) => line.startsWith('http') && resolve([line]));
  });
  const [url] = (await Promise.race([said, exit])) as [string];
  if (typeof url !== 'string') throw new Error('the reference server did not start');
  const stop = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    child.kill(signal);
    await exit;
  };
  return { url, child, stop };
}
