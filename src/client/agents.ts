/** Commands on agents (docs/protocol.md, "Agents"). Only the Models dialog needs them: loaded late, so not part of `Actions`. */
import {
  type AgentCommand,
  type AgentInput,
  type AgentOutput,
  agentCommands,
  agentPath,
} from '../protocol/models/agents.ts';
import { sentenceOf } from './kit/errors.ts';
import { type Http, postJson, readJson } from './kit/http.ts';

/** Rejects with an `Error` whose message is a sentence for people. */
export type AgentCommands = <N extends AgentCommand>(
  name: N,
  input: AgentInput<N>,
) => Promise<AgentOutput<N>>;

export function createAgentCommands(http: Http): AgentCommands {
  return async (name, input) => {
    try {
      const response = await http.request(agentPath(name), postJson(input));
      return (await readJson(response, agentCommands[name].output)) as AgentOutput<typeof name>;
    } catch (error) {
      throw new Error(sentenceOf(error), { cause: error });
    }
  };
}
