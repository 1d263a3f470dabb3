/** What is asked of the folders of agents (docs/protocol.md, "Folders"). Loaded late, so not part of `Actions`. */
import {
  type FolderCommand,
  type FolderInput,
  type FolderOutput,
  folderCommands,
  folderPath,
} from '../protocol/requests/folders.ts';
import { ServerError, sentenceOf } from './kit/errors.ts';
import { type Http, postJson, readJson } from './kit/http.ts';

/** Rejects with an `Error` whose message is a sentence for people. */
export type FolderCommands = <N extends FolderCommand>(
  name: N,
  input: FolderInput<N>,
) => Promise<FolderOutput<N>>;

export function createFolderCommands(http: Http): FolderCommands {
  return async (name, input) => {
    try {
      const response = await http.request(folderPath(name), postJson(input));
      return (await readJson(response, folderCommands[name].output)) as FolderOutput<typeof name>;
    } catch (error) {
      throw new Error(sentenceOf(error), { cause: error });
    }
  };
}

/** Of what a command was refused with; undefined: it was not refused. */
export const problemCodeOf = (error: unknown): string | undefined =>
  error instanceof Error && error.cause instanceof ServerError ? error.cause.code : undefined;
