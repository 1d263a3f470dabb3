/** What is asked of the folders of agents (docs/protocol.md, "Folders"). Loaded late, so not part of `Actions`. */
import { folderCommands, folderPath } from '../protocol/requests/folders.ts';
import { ServerError } from './kit/errors.ts';
import type { Http } from './kit/http.ts';
import { inSentences, type TableCommand, tableCommand } from './kit/table-commands.ts';

/** Rejects with an `Error` whose message is a sentence for people. */
export type FolderCommands = TableCommand<typeof folderCommands>;

export const createFolderCommands = (http: Http): FolderCommands =>
  inSentences(tableCommand(http, folderCommands, folderPath));

/** Of what a command was refused with; undefined: it was not refused. */
export const problemCodeOf = (error: unknown): string | undefined =>
  error instanceof Error && error.cause instanceof ServerError ? error.cause.code : undefined;
