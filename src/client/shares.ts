/** Links that show a conversation to others (docs/protocol.md, "Sharing"). Loaded with the dialog "Share". */
import {
  SHARED_PATH,
  type Share,
  type ShareCommand,
  type ShareInput,
  shareCommands,
  sharePath,
} from '../protocol/requests/shares.ts';
import type { Http } from './kit/http.ts';
import { tableCommand } from './kit/table-commands.ts';

/** Rejects like `Http.request`; a refusal carries the server's sentence. */
export const shareCommand = <N extends ShareCommand>(http: Http, name: N, input: ShareInput<N>) =>
  tableCommand(http, shareCommands, sharePath)(name, input);

/** @param origin where others reach this Bough */
export const sharedAddress = (origin: string, { secret }: Pick<Share, 'secret'>): string =>
  `${origin}${SHARED_PATH}/${secret}`;
