/** Summaries: written by a model to be looked at, and said (docs/protocol.md, "Summaries"). Not part of the first load. */
import { type CommandInput, type CommandOutput, newId } from '../protocol/index.ts';
import {
  SUMMARIES_PATH,
  type SummaryLine,
  type SummaryRequest,
  summaryLineSchema,
} from '../protocol/requests/summaries.ts';
import { createCommand } from './kit/commands.ts';
import { isAbort, NetworkError, sentenceOf } from './kit/errors.ts';
import { type Http, postJson } from './kit/http.ts';
import { readLines } from './live/lines.ts';

/**
 * A summary as it is written, to its last line. Aborting ends it at the provider too.
 * @throws {Error} with a sentence for people; also where the answer breaks off
 */
export async function* writeSummary(
  http: Http,
  request: SummaryRequest,
  signal: AbortSignal,
): AsyncGenerator<SummaryLine, void> {
  try {
    const { body } = await http.request(SUMMARIES_PATH, { ...postJson(request), signal });
    if (body)
      for await (const line of readLines(body, undefined, lineOf)) {
        yield line;
        if (line.kind === 'done' || line.kind === 'failed') return;
      }
    throw new NetworkError();
  } catch (error) {
    if (isAbort(error)) return;
    throw new Error(sentenceOf(error), { cause: error });
  }
}

const lineOf = (value: unknown): SummaryLine | undefined => summaryLineSchema.safeParse(value).data;

export type SummaryToSay = Omit<CommandInput<'summarise'>, 'message'>;

/** Ids of summaries whose command failed, by what they say: tried again, the same words are the same summary. */
const untold = new Map<string, string>();

/** Says a summary. @throws {Error} with a sentence for people */
export async function saySummary(http: Http, summary: SummaryToSay): Promise<CommandOutput<'summarise'>> {
  const key = JSON.stringify(summary);
  const message = untold.get(key) ?? newId();
  untold.set(key, message);
  try {
    const said = await createCommand(http)('summarise', { ...summary, message });
    untold.delete(key);
    return said;
  } catch (error) {
    throw new Error(sentenceOf(error), { cause: error });
  }
}
