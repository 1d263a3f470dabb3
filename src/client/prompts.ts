/** Prompts of one's own and the default system prompt (docs/protocol.md, "Prompts"): loaded late, so not part of `Actions`. */
import {
  type PromptCommand,
  type PromptInput,
  type Prompts,
  promptPath,
  promptsSchema,
} from '../protocol/requests/prompts.ts';
import { sentenceOf } from './kit/errors.ts';
import { type Http, postJson, readJson } from './kit/http.ts';

/** Resolves to all there is after it. Rejects with an `Error` whose message is a sentence for people. */
export async function promptCommand<N extends PromptCommand>(
  http: Http,
  name: N,
  input: PromptInput<N>,
): Promise<Prompts> {
  try {
    return await readJson(await http.request(promptPath(name), postJson(input)), promptsSchema);
  } catch (error) {
    throw new Error(sentenceOf(error), { cause: error });
  }
}
