/** Ollama's `/api/chat`: one JSON object a line (docs/providers.md). */
import { z } from 'zod';
import type { Usage } from '../../../tree/index.ts';
import { type FailureContext, failureOf, malformedFailure, unendedFailure } from '../kit/failures.ts';
import { type ModelEvent, ProviderFailure } from '../port.ts';

const count = z.number().nonnegative().optional().catch(undefined);
const line = z.object({
  error: z.string().optional(),
  message: z
    .object({
      content: z.string().optional().catch(undefined),
      thinking: z.string().optional().catch(undefined),
      tool_calls: z
        .array(
          z.object({
            id: z.string().optional(),
            function: z.object({ name: z.string(), arguments: z.unknown() }),
          }),
        )
        .optional()
        .catch(undefined),
    })
    .optional(),
  done: z.boolean().optional(),
  done_reason: z.string().optional().catch(undefined),
  prompt_eval_count: count,
  eval_count: count,
});
type Line = z.infer<typeof line>;

/** A line of an answer is short; what is longer is no answer. */
const LINE_LIMIT = 4_000_000;

/** Ends with `finish` once a line said `done`, whatever follows; else throws what broke the connection, or `ProviderFailure`. */
export async function* ollamaEvents(
  body: AsyncIterable<Uint8Array>,
  heard: () => void,
  context: FailureContext,
  broken: () => unknown,
): AsyncGenerator<ModelEvent> {
  let calls = 0;
  let came: 'nothing' | 'bytes' | 'events' = 'nothing';
  const hear = (bytes: Uint8Array) => {
    heard();
    if (came === 'nothing' && bytes.some((byte) => byte > 0x20)) came = 'bytes';
  };
  for await (const text of linesOf(body, hear)) {
    const said = read(text, context);
    came = 'events';
    if (said.error !== undefined) throw new ProviderFailure(failureOf({ error: said.error }, context));
    const { thinking, content, tool_calls: tools = [] } = said.message ?? {};
    if (thinking) yield { kind: 'reasoning', text: thinking };
    if (content) yield { kind: 'text', text: content };
    for (const tool of tools) {
      calls += 1;
      const { name, arguments: input } = tool.function;
      yield { kind: 'tool', call: tool.id ?? `call_${calls}`, name, input: JSON.stringify(input ?? {}) };
    }
    if (said.done) return yield finishOf(said);
  }
  throw broken() ?? new ProviderFailure(unendedFailure(came, context));
}

function read(text: string, context: FailureContext): Line {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    throw new ProviderFailure(malformedFailure(context));
  }
}

function finishOf({ done_reason: reason, prompt_eval_count: input, eval_count: output }: Line): ModelEvent {
  const usage: Usage = {
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
  };
  return {
    kind: 'finish',
    ...(Object.keys(usage).length > 0 && { usage }),
    ...(reason === 'length' && { length: true }),
  };
}

/** A last line without its end is incomplete: it is left out, so that a cut never looks like an answer that is none. */
async function* linesOf(
  body: AsyncIterable<Uint8Array>,
  heard: (bytes: Uint8Array) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    heard(bytes);
    const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part.trim() !== '') yield part;
    if (rest.length > LINE_LIMIT) return;
  }
}
