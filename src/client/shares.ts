/** Links that show a conversation to others (docs/protocol.md, "Sharing"). Loaded with the dialog "Share". */
import {
  SHARED_PATH,
  type Share,
  type ShareCommand,
  type ShareInput,
  type ShareOutput,
  shareCommands,
  sharePath,
} from '../protocol/requests/shares.ts';
import { type Http, postJson, readJson } from './kit/http.ts';

/** Rejects like `Http.request`; a refusal carries the server's sentence. */
export async function shareCommand<N extends ShareCommand>(
  http: Http,
  name: N,
  input: ShareInput<N>,
): Promise<ShareOutput<N>> {
  const response = await http.request(sharePath(name), postJson(input));
  return (await readJson(response, shareCommands[name].output)) as ShareOutput<N>;
}

/** @param origin where others reach this Bough */
export const sharedAddress = (origin: string, { secret }: Pick<Share, 'secret'>): string =>
  `${origin}${SHARED_PATH}/${secret}`;
