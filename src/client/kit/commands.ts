/** Commands, typed from the protocol's table. */
import {
  answerSchema,
  type CommandInput,
  type CommandName,
  type CommandOutput,
  commandPath,
} from '../../protocol/index.ts';
import { type Http, postJson, readJson } from './http.ts';

/**
 * Gives a command to the server. All are idempotent by their ids: after a `NetworkError` give the same again.
 * Rejects like `Http.request`; a refusal carries the server's sentence and code.
 */
export type Command = <N extends CommandName>(
  name: N,
  input: CommandInput<N>,
  signal?: AbortSignal,
) => Promise<CommandOutput<N>>;

export function createCommand(http: Http): Command {
  return async (name, input, signal) => {
    const response = await http.request(commandPath(name), { ...postJson(input), ...(signal && { signal }) });
    return readJson(response, answerSchema(name)) as unknown as Promise<CommandOutput<typeof name>>;
  };
}
