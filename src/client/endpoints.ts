/** Commands on endpoints (docs/protocol.md, "Endpoints"). Only the Models dialog needs them: loaded late, so not part of `Actions`. */
import { endpointCommands, endpointPath } from '../protocol/models/endpoints.ts';
import type { Http } from './kit/http.ts';
import { inSentences, type TableCommand, tableCommand } from './kit/table-commands.ts';

/** Rejects with an `Error` whose message is a sentence for people. A key given here is sent and kept nowhere on the page. */
export type Endpoints = TableCommand<typeof endpointCommands>;

export const createEndpoints = (http: Http): Endpoints =>
  inSentences(tableCommand(http, endpointCommands, endpointPath));
