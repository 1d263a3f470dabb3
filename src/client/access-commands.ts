/** Commands about access tokens. Loaded with the sign-in and the dialog "Access". */
import {
  type AccessCommand,
  type AccessInput,
  type AccessOutput,
  accessCommands,
  accessPath,
} from '../protocol/requests/access.ts';
import { type Http, postJson, readJson } from './kit/http.ts';

/** Rejects like `Http.request`; a refusal carries the server's sentence. */
export async function accessCommand<N extends AccessCommand>(
  http: Http,
  name: N,
  input: AccessInput<N>,
): Promise<AccessOutput<N>> {
  const response = await http.request(accessPath(name), postJson(input));
  return (await readJson(response, accessCommands[name].output)) as AccessOutput<N>;
}
