/** A chat with the scripted agent in a repository, through the whole server. For tests of what is done with folders. */
import { writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import {
  type CommandInput,
  type CommandName,
  commandPath,
  type Message,
  newId,
  readMessages,
  type SnapshotPart,
} from '../../../protocol/index.ts';
import {
  type FolderCommand,
  type FolderInput,
  type FolderOutput,
  folderPath,
} from '../../../protocol/requests/folders.ts';
import { scripted } from '../../agents/testing/scripted.ts';
import { createLog } from '../../log.ts';
import { type RunningServer, startServer } from '../../server.ts';
import { git, repositoryIn, tempFolders } from './repositories.ts';

export const AGENT = { source: 'agents', id: 'Scripted' };

interface Said {
  readonly text: string;
  readonly conversation?: string;
  readonly parent?: string | null;
  readonly copies?: boolean;
}

export interface AgentChat {
  readonly home: () => string;
  /** The repository, with notes.txt of two lines. */
  readonly top: () => string;
  start(env?: Record<string, string>, path?: string): Promise<void>;
  command<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
  ): Promise<Record<string, unknown> & { status: number }>;
  folder<N extends FolderCommand>(name: N, input: FolderInput<N>): Promise<FolderOutput<N>>;
  /** The answer as it is, refused or not. */
  send(
    said: Said,
  ): Promise<Record<string, unknown> & { conversation: string; message: string; reply: string }>;
  /** Waits for the reply. */
  say(said: Said): Promise<{ conversation: string; message: string; reply: Message }>;
  answered(conversation: string, branch: unknown, id: string): Promise<Message>;
  copyOf(conversation: string, copy: string | undefined): string;
}

export const snapshotOf = ({ parts }: Message): SnapshotPart | undefined =>
  parts.findLast((part): part is SnapshotPart => part.kind === 'snapshot' && !part.ran);

/** To be called where tests are defined: each begins in a new repository, and its server is closed after it. */
export function agentChat(): AgentChat {
  vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });
  const temp = tempFolders();
  let home = '';
  let top = '';
  let server: RunningServer | undefined;
  beforeEach(() => {
    home = temp();
    top = repositoryIn(home);
    writeFileSync(join(top, 'notes.txt'), 'one\ntwo\n');
    git(top, 'add', '-A');
    git(top, 'commit', '-qm', 'Notes');
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  const post = async (path: string, body: unknown) => {
    const answer = await fetch(`${server?.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) };
  };
  const chat: AgentChat = {
    home: () => home,
    top: () => top,
    start: async (env = { SCRIPT_FORKS: 'message' }, PATH = process.env.PATH ?? '') => {
      await server?.close();
      const data = join(home, 'data');
      server = await startServer(
        {
          ...{ host: '127.0.0.1', port: 0, data, demoModes: false, localModels: false, titles: false },
          ...{ agents: true, agentRoots: [], log: 'error' },
        },
        { log: createLog({ write: () => {} }), env: { PATH, HOME: home } },
      );
      const { command, args, name } = scripted();
      const store = { SCRIPT_STORE: join(home, 'sessions.json') };
      await mkdir(data, { recursive: true });
      const agent_servers = { [name]: { command, args, env: { ...store, ...env } } };
      await writeFile(join(data, 'agents.json'), JSON.stringify({ agent_servers }));
    },
    command: (name, input) => post(commandPath(name), input),
    folder: async (name, input) => {
      const { status, ...answer }: Record<string, unknown> = await post(folderPath(name), input);
      if (status !== 200) throw new Error(`${status} ${answer.code}: ${answer.detail}`);
      return answer as never;
    },
    send: async ({ conversation = newId(), parent = null, ...more }) => {
      const [message, reply] = [newId(), newId()];
      await chat.command('create', { conversation });
      const input = { conversation, message, reply, parent, model: AGENT, folder: top, ...more };
      return {
        conversation,
        message,
        reply,
        ...(await chat.command('send', input as CommandInput<'send'>)),
      } as never;
    },
    say: async (said) => {
      const sent = await chat.send(said);
      expect(sent).toMatchObject({ status: 200 });
      const { conversation, message, reply, branch } = sent;
      return { conversation, message, reply: await chat.answered(conversation, branch, reply) };
    },
    answered: (conversation, branch, id) =>
      vi.waitFor(
        async () => {
          const read = await fetch(`${server?.url}/v1/stream/c/${conversation}/b/${branch}?offset=-1`);
          const found = readMessages((await read.json()) as unknown[]).find((message) => message.id === id);
          if (!found) throw new Error('It is not there yet.');
          return found;
        },
        { timeout: 60_000, interval: 50 },
      ),
    copyOf: (conversation, copy) => join(home, 'data', 'worktrees', conversation, copy ?? ''),
  };
  return chat;
}
