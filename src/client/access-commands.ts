/** Commands about access tokens. Loaded with the sign-in and the dialog "Access". */
import {
  type AccessCommand,
  type AccessInput,
  accessCommands,
  accessPath,
} from '../protocol/requests/access.ts';
import type { Http } from './kit/http.ts';
import { tableCommand } from './kit/table-commands.ts';

/** Rejects like `Http.request`; a refusal carries the server's sentence. */
export const accessCommand = <N extends AccessCommand>(http: Http, name: N, input: AccessInput<N>) =>
  tableCommand(http, accessCommands, accessPath)(name, input);
