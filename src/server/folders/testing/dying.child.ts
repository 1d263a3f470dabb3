/**
 * One command of folders in a process of its own, which is killed (-9) before the step it is told: `node … HOME STEP COMMAND INPUT`. Steps are all that changes the
 * disk: calls of git, before they are made and while they run, and writes of files. Ends by itself with code 0 where there are fewer steps. Says `steps N` then.
 */
import children from 'node:child_process';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import type { FolderCommand, FolderInput } from '../../../protocol/requests/folders.ts';
import { agentTree } from './agent-tree.ts';

const [home = '', last = '0', name = '', input = ''] = process.argv.slice(2);
let steps = 0;
const step = (): void => {
  steps += 1;
  if (steps === Number(last)) process.kill(process.pid, 'SIGKILL');
};

for (const of of [
  'writeFile',
  'rename',
  'rm',
  'rmdir',
  'mkdir',
  'copyFile',
  'cp',
  'open',
  'link',
  'utimes',
] as const) {
  const inner = files[of] as (...given: unknown[]) => unknown;
  Object.assign(files, {
    [of]: (...given: unknown[]) => {
      step();
      return inner(...given);
    },
  });
}
const { spawn } = children;
Object.assign(children, {
  spawn: (...given: Parameters<typeof spawn>) => {
    step();
    const child = spawn(...given);
    step();
    return child;
  },
});
syncBuiltinESMExports();

// What is imported before holds the functions as they were.
const { createFolders } = await import('../folders.ts');
const folders = createFolders({
  ...{
    data: `${home}/data`,
    env: { ...process.env, HOME: home },
    roots: [],
    tree: async () => agentTree(`${home}/project`),
  },
  trouble: (error) => {
    throw error;
  },
});
await folders.execute(name as FolderCommand, JSON.parse(input) as FolderInput<FolderCommand>);
process.stdout.write(`steps ${steps}\n`);
