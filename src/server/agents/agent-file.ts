/**
 * `agents.json` of the data folder: the agents a person configured, in the form editors use, so that it can be pasted from Zed or JetBrains. It may
 * hold keys in `env`; only its owner reads it. What else stands in it is kept.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeOwnFile } from '../whole-file.ts';

export interface AgentSpec {
  /** What it is called, and known by. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Added to what every agent gets (process.ts). */
  readonly env: Readonly<Record<string, string>>;
}

const server = z.looseObject({
  command: z.string().min(1),
  args: z.array(z.string()).optional(),
  env: z.record(z.string(), z.string()).optional(),
});
const file = z.looseObject({ agent_servers: z.record(z.string(), z.unknown()) });
type AgentFile = z.infer<typeof file>;

const NOTHING: AgentFile = { agent_servers: {} };

/** Entries without a command of their own, as Zed has for agents it installs itself, are left out. @throws {Error} with a sentence that repeats nothing of the file. */
export async function readAgents(path: string): Promise<readonly AgentSpec[]> {
  const { agent_servers } = await read(path);
  return Object.entries(agent_servers).flatMap(([name, value]) => {
    const known = server.safeParse(value);
    if (!known.success) return [];
    const { command, args = [], env = {} } = known.data;
    return [{ name, command, args, env }];
  });
}

/** @param agent null: takes it away. @throws when it cannot be read or written; what was there stays. */
export async function writeAgent(path: string, name: string, agent: AgentSpec | null): Promise<void> {
  const before = await read(path);
  const { [name]: old, ...others } = before.agent_servers;
  const kept = typeof old === 'object' && old !== null ? old : {};
  const servers = agent
    ? { ...others, [name]: { ...kept, command: agent.command, args: agent.args, env: agent.env } }
    : others;
  await writeOwnFile(path, `${JSON.stringify({ ...before, agent_servers: servers }, null, 2)}\n`);
}

async function read(path: string): Promise<AgentFile> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return NOTHING;
  try {
    return file.parse(JSON.parse(text));
  } catch {
    throw new Error(
      'agents.json is not in the form {"agent_servers": {"NAME": {"command": "…", "args": [], "env": {}}}}. Mend it, or take it away.',
    );
  }
}
