/** Commands on endpoints (docs/protocol.md, "Endpoints"). Only the Models dialog needs them: loaded late, so not part of `Actions`. */
import {
  type EndpointCommand,
  type EndpointInput,
  type EndpointOutput,
  endpointCommands,
  endpointPath,
} from '../protocol/models/endpoints.ts';
import { sentenceOf } from './kit/errors.ts';
import { type Http, postJson, readJson } from './kit/http.ts';

/** Rejects with an `Error` whose message is a sentence for people. A key given here is sent and kept nowhere on the page. */
export type Endpoints = <N extends EndpointCommand>(
  name: N,
  input: EndpointInput<N>,
  signal?: AbortSignal,
) => Promise<EndpointOutput<N>>;

export function createEndpoints(http: Http): Endpoints {
  return async (name, input, signal) => {
    try {
      const response = await http.request(endpointPath(name), {
        ...postJson(input),
        ...(signal && { signal }),
      });
      return (await readJson(response, endpointCommands[name].output)) as EndpointOutput<typeof name>;
    } catch (error) {
      throw new Error(sentenceOf(error), { cause: error });
    }
  };
}
