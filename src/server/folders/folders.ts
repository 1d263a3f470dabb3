/** What is done with the folders agents work in: what a turn changes is kept, branches get copies of their own (docs/agents.md). */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderCommand, FolderInput, FolderOutput } from '../../protocol/requests/folders.ts';
import { copiesBelow, type Tree } from '../../tree/index.ts';
import type { Counterpart } from '../counterparts/port.ts';
import { finishCarrying } from './carry.ts';
import { asFolderRefusal, folderCommandsOf } from './commands.ts';
import { CopyRoom } from './copy-room.ts';
import { FolderDesk, isPlain } from './desk.ts';
import { aroundTurns } from './turns.ts';

export interface Folders {
  /** Whether branches can have copies of a folder: it is in a repository that can be kept, and git is there. Never throws. */
  can(folder: string): Promise<boolean>;
  /** An agent, whose turns are kept. */
  around(agent: Counterpart): Counterpart;
  /** Throws Refusal. */
  execute<N extends FolderCommand>(name: N, input: FolderInput<N>): Promise<FolderOutput<N>>;
  /** A conversation went for good: its copies go, and what was kept of its folders. Never throws. */
  forget(conversation: string): Promise<void>;
  /** Messages are no longer hidden: copies that were put away with them come back. Never throws. */
  shown(conversation: string, messages: readonly string[]): Promise<void>;
  /** Finishes or takes away what a crash left half made. Never throws. */
  mend(): Promise<void>;
}

export interface FoldersOptions {
  /** The data folder. */
  readonly data: string;
  /** Of the process: PATH, and where a person's own settings of git are. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folders agents may work in, and below; none: any. */
  readonly roots: readonly string[];
  /** A conversation as it is indexed. Throws Refusal. */
  readonly tree: (conversation: string) => Promise<Tree>;
  readonly trouble: (error: unknown) => void;
}

export function createFolders({ data, env, roots, tree, trouble }: FoldersOptions): Folders {
  const desk = new FolderDesk({ data, env });
  const copies = new CopyRoom(desk);
  const commands = folderCommandsOf({ desk, copies, roots, tree });
  return {
    can: async (folder) => {
      try {
        return await desk.hasCommit(await desk.repository(folder));
      } catch {
        return false;
      }
    },
    around: (agent) => aroundTurns({ desk, copies, trouble }, agent),
    execute: async (name, input) => {
      try {
        return await commands[name](input);
      } catch (error) {
        const refusal = asFolderRefusal(error);
        if (refusal !== error) trouble(error);
        throw refusal;
      }
    },
    forget: async (conversation) => {
      await copies.forget(conversation).catch(trouble);
      for (const top of await desk.tops())
        await desk.forget(top, conversation).catch((error: unknown) => isPlain(error) || trouble(error));
    },
    shown: async (conversation, messages) => {
      try {
        const below = copiesBelow(await tree(conversation), messages);
        for (const copy of below) await commands['bring-back']({ conversation, copy });
      } catch (error) {
        trouble(error);
      }
    },
    mend: async () => {
      await desk.tidy().catch(trouble);
      await copies.mend(trouble);
      for (const name of await readdir(desk.shadows).catch(() => []))
        await finishCarrying(desk, join(desk.shadows, name)).catch(trouble);
    },
  };
}
