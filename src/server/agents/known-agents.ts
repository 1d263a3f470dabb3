/** Agents whose commands are looked for on PATH, as their entries in the registry of the protocol start them. */
import { access, constants } from 'node:fs/promises';
import { delimiter, extname, join } from 'node:path';
import type { AgentSpec } from './agent-file.ts';

/** In the order in which they are shown. The first command of a name that is there counts. */
const KNOWN: readonly AgentSpec[] = [
  { name: 'Claude Code', command: 'claude-agent-acp', args: [], env: {} },
  { name: 'Claude Code', command: 'claude-code-acp', args: [], env: {} },
  { name: 'Codex', command: 'codex-acp', args: [], env: {} },
  { name: 'OpenCode', command: 'opencode', args: ['acp'], env: {} },
  { name: 'Gemini CLI', command: 'gemini', args: ['--acp'], env: {} },
  { name: 'Goose', command: 'goose', args: ['acp'], env: {} },
  { name: 'Qwen Code', command: 'qwen', args: ['--acp'], env: {} },
  { name: 'Kimi CLI', command: 'kimi', args: ['acp'], env: {} },
  { name: 'Mistral Vibe', command: 'vibe-acp', args: [], env: {} },
  { name: 'Auggie', command: 'auggie', args: ['--acp'], env: { AUGMENT_DISABLE_AUTO_UPDATE: '1' } },
  {
    ...{ name: 'Factory Droid', command: 'droid', args: ['exec', '--output-format', 'acp'] },
    env: { DROID_DISABLE_AUTO_UPDATE: 'true', FACTORY_DROID_AUTO_UPDATE_ENABLED: 'false' },
  },
  { name: 'GitHub Copilot', command: 'copilot', args: ['--acp'], env: {} },
  { name: 'Qoder', command: 'qodercli', args: ['--acp'], env: {} },
  { name: 'Hermes', command: 'hermes-acp', args: [], env: {} },
  { name: 'Pi', command: 'pi-acp', args: [], env: {} },
];

/** Those whose command is in a folder of `path`. Nothing is started; never throws. */
export async function agentsOnPath(path: string): Promise<readonly AgentSpec[]> {
  const folders = path.split(delimiter).filter(Boolean);
  const found: AgentSpec[] = [];
  for (const agent of KNOWN) {
    if (found.some(({ name }) => name === agent.name)) continue;
    if (await isThere(folders, agent.command)) found.push(agent);
  }
  return found;
}

async function isThere(folders: readonly string[], command: string): Promise<boolean> {
  const endings = process.platform === 'win32' && extname(command) === '' ? ['.cmd', '.exe', '.bat'] : [''];
  for (const folder of folders)
    for (const ending of endings) if (await isRunnable(join(folder, command + ending))) return true;
  return false;
}

const isRunnable = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
