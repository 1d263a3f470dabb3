/** All agents: found on PATH and configured; which of them run; what can be asked of them (docs/agents.md). */
import type { Model, Source } from '../../protocol/index.ts';
import type { AgentCommand, AgentInput, AgentOutput } from '../../protocol/models/agents.ts';
import { AGENTS, type AgentAbilities, type ModelRef } from '../../tree/index.ts';
import type { Counterpart } from '../counterparts/port.ts';
import type { ModelName } from '../models/port.ts';
import { type AgentDesk, agentCommandsOf } from './agent-commands.ts';
import type { AgentSpec } from './agent-file.ts';
import { AgentProcesses } from './agent-processes.ts';
import { folderOf } from './folders.ts';
import { AgentReply } from './reply/agent-reply.ts';

export interface Agents {
  /** Nothing is started. Never throws. */
  list(): Promise<{ readonly models: readonly Model[]; readonly source: Source }>;
  /** Null: there is no such agent. */
  describe(ref: ModelRef): Promise<ModelName | null>;
  /** Undefined: not an agent. */
  counterpart(ref: ModelRef): Counterpart | undefined;
  /** Throws Refusal. */
  execute<N extends AgentCommand>(name: N, input: AgentInput<N>): Promise<AgentOutput<N>>;
  /** Ends all of them. */
  shutdown(): Promise<void>;
}

export interface AgentsOptions {
  /** Path of agents.json. */
  readonly path: string;
  /** What agents get a part of, and where commands are looked for. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folders they may work in, and below; none: any. */
  readonly roots: readonly string[];
  /** Of Bough. */
  readonly version: string;
  /** The conversations that sessions are continued in; asked for when the first is. */
  readonly desk: () => AgentDesk;
  readonly trouble: (error: unknown) => void;
}

export function createAgents({ path, env, roots, version, desk, trouble }: AgentsOptions): Agents {
  const processes = new AgentProcesses({ path, env, version, trouble });
  const commands = agentCommandsOf({ processes, path, roots, desk, trouble });
  const abilities = async (name: string): Promise<AgentAbilities> =>
    (processes.facts(name) ?? (await processes.ready(name)).facts).abilities;
  const modelOf = (spec: AgentSpec, state: 'found' | 'configured'): Model => {
    const known = processes.facts(spec.name);
    return {
      ...{ ref: { source: AGENTS, id: spec.name }, name: spec.name, sourceName: 'this computer' },
      ...{ demo: false, kind: 'chat' },
      ...(known && { images: known.images, audio: known.audio }),
      agent: {
        state: processes.running(spec.name) ? 'running' : state,
        // Arguments may hold keys, and whoever reads may read this.
        command: spec.command.slice(0, 300),
        ...(known?.version !== undefined && { version: known.version }),
        ...(known && { abilities: known.abilities }),
      },
    };
  };

  return {
    list: async () => {
      const { agents, problem } = await processes.configured();
      const others = (await processes.onPath()).filter(
        ({ name }) => !agents.some((one) => one.name === name),
      );
      const models = [
        ...agents.map((spec) => modelOf(spec, 'configured')),
        ...others.map((spec) => modelOf(spec, 'found')),
      ];
      const source = {
        id: AGENTS,
        name: 'Agents',
        kind: 'agents',
        found: 'built-in',
        hasKey: false,
      } as const;
      return {
        models,
        source:
          problem === undefined
            ? { ...source, state: 'ready' }
            : { ...source, state: 'failed', sentence: problem },
      };
    },
    describe: async ({ source, id }) => {
      const spec = source === AGENTS ? await processes.find(id) : undefined;
      if (!spec) return null;
      const known = processes.facts(id);
      return {
        name: id,
        ...(known && { images: known.images, audio: known.audio }),
        agent: {
          folder: (path) => folderOf(path, roots),
          abilities: () => abilities(id),
          isOpen: (session) => processes.running(id)?.sessions.get(session.id)?.turn === session.turn,
        },
      };
    },
    counterpart: ({ source, id }) =>
      source === AGENTS
        ? { open: (place) => new AgentReply({ place, name: id, agent: () => processes.start(id) }) }
        : undefined,
    execute: (name, input) => commands[name](input),
    shutdown: () => processes.shutdown(),
  };
}
