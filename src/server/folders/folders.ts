/** What is done with the folders agents work in: what a turn changes is kept, branches get copies of their own (docs/agents.md). */
import type { Counterpart } from '../counterparts/port.ts';
import { CopyRoom } from './copy-room.ts';
import { FolderDesk } from './desk.ts';
import { aroundTurns } from './turns.ts';

export interface Folders {
  /** Whether branches can have copies of a folder: it is in a repository that can be kept, and git is there. Never throws. */
  can(folder: string): Promise<boolean>;
  /** An agent, whose turns are kept. */
  around(agent: Counterpart): Counterpart;
  /** Takes away what a crash left half made. Never throws. */
  mend(): Promise<void>;
}

export interface FoldersOptions {
  /** The data folder. */
  readonly data: string;
  /** Of the process: PATH, and where a person's own settings of git are. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly trouble: (error: unknown) => void;
}

export function createFolders({ data, env, trouble }: FoldersOptions): Folders {
  const desk = new FolderDesk({ data, env });
  const copies = new CopyRoom(desk);
  return {
    can: async (folder) => {
      try {
        const repository = await desk.repository(folder);
        return await desk.hasCommit(repository);
      } catch {
        return false;
      }
    },
    around: (agent) => aroundTurns({ desk, copies, trouble }, agent),
    mend: () => copies.mend(trouble),
  };
}
