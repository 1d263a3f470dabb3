/** What the commands are given, and what they answer. */
import type { ServerSettings } from '../settings.ts';

export interface CommandContext {
  readonly settings: Pick<ServerSettings, 'data' | 'streams'>;
  /** Of engines that are moved from and to: BOUGH_FROM_TOKEN and BOUGH_TO_TOKEN. That of the settings goes to their engine alone. */
  readonly tokens: { readonly from?: string | undefined; readonly to?: string | undefined };
  readonly version: string;
  /** What the person's relative paths start from. */
  readonly cwd: string;
  readonly now: () => Date;
  /** Throws BackupError when the database of the storage cannot be opened (`soundness.ts`). */
  readonly checkSound: (engine: string) => Promise<void>;
  /** A line for people. */
  readonly say: (line: string) => void;
  /** How far it is; replaced by the next. */
  readonly progress: (line: string) => void;
}

/** All is well; something was lost, is wrong or could not be done; it was not understood. */
export type ExitCode = 0 | 1 | 2;
