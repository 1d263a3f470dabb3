/** Commands on agents (docs/protocol.md, "Agents"). Only the Models dialog needs them: loaded late, so not part of `Actions`. */
import { agentCommands, agentPath } from '../protocol/models/agents.ts';
import type { Http } from './kit/http.ts';
import { inSentences, type TableCommand, tableCommand } from './kit/table-commands.ts';

/** Rejects with an `Error` whose message is a sentence for people. */
export type AgentCommands = TableCommand<typeof agentCommands>;

export const createAgentCommands = (http: Http): AgentCommands =>
  inSentences(tableCommand(http, agentCommands, agentPath));
