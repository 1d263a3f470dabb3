/**
 * `npx tsx src/server/torture/record.ts NAME [commit]`: writes src/protocol/recorded/NAME.json, what this version, or the one of a
 * commit, stores of a conversation in which everything is done (src/protocol/recorded/README.md).
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderPath } from '../../protocol/requests/folders.ts';
import { scripted } from '../agents/testing/scripted.ts';
import { builtFrom, builtHere, served } from './built.ts';
import { holdConversation, streamsOf } from './every-kind.ts';
import { remoteEngine } from './remote-engine.ts';

const [name = '', commit] = process.argv.slice(2);
if (!/^[a-z0-9-]+$/.test(name))
  throw new Error('record.ts NAME [commit]: a name of letters, digits and hyphens.');
const built = commit ? await builtFrom(commit) : await builtHere();
const engine = await remoteEngine('record');
const data = await mkdtemp(join(tmpdir(), 'bough-record-'));
const server = await served(built, engine.url, data);
// A commit may not know agents yet, or not this one.
const { command, args, name: agent } = scripted();
const env = { SCRIPT_OFFERS: 'options', SCRIPT_FORKS: 'message' };
if (!commit)
  await writeFile(
    join(data, 'agents.json'),
    JSON.stringify({ agent_servers: { [agent]: { command, args, env } } }),
  );
const folder = join(data, 'project');
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], { cwd: folder });
await mkdir(folder);
git('init', '-q');
git('commit', '-q', '--allow-empty', '-m', 'Begin');
try {
  if (!commit)
    await fetch(server.url + folderPath('along'), {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ folder, paths: [], run: 'echo made' }),
    });
  const held = await holdConversation(server.url, commit ? undefined : folder);
  const record = {
    by: built.name,
    ...{ conversation: held.conversation, tip: held.tip, said: Object.fromEntries(held.said) },
    streams: await streamsOf(server.url, held),
  };
  const file = join(import.meta.dirname, '../../protocol/recorded', `${name}.json`);
  await writeFile(file, `${JSON.stringify(record)}\n`, { flag: 'wx' });
  console.log(file);
} finally {
  await server.kill();
  await engine.stop();
  await built.remove();
  await rm(data, { recursive: true, force: true });
}
