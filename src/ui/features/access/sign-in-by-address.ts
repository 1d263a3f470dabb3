/** Signs in with the token of the address, and takes it out of the address first: it must not stay in the browser’s history. */
import { accessCommand } from '../../../client/access-commands.ts';
import { sentenceOf } from '../../../client/kit/errors.ts';
import { createHttp } from '../../../client/kit/http.ts';
import { tokenInHash } from '../../../protocol/requests/access.ts';
import { signInFailed } from '../../stores/sign-in.ts';

export async function signInByAddress(): Promise<void> {
  const token = tokenInHash(location.hash);
  history.replaceState(history.state, '', location.pathname + location.search);
  if (token === undefined) return;
  // A reload in this moment must not lose it: it is nowhere else any more.
  const http = createHttp('', (input, init) => fetch(input, { ...init, keepalive: true }));
  await accessCommand(http, 'sign-in', { token }).catch((error) => signInFailed(sentenceOf(error)));
}
