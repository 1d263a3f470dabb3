/** Chat completions, as OpenAI's and all the servers that speak it after their own fashion. */
import type { ModelEvent } from '../port.ts';
import { pictureFrom } from './pictures.ts';
import { errorIn, inputIn, type Json, numberIn, objectIn, objectsIn, Reader, textIn } from './reader.ts';
import { ToolCalls } from './tool-calls.ts';

/** Where servers put thoughts. The first that holds some counts: some send the same in two of them. */
const THOUGHTS = ['reasoning_content', 'reasoning', 'thinking', 'reasoning_text'] as const;

export class ChatReader extends Reader {
  readonly #tools = new ToolCalls();

  read(event: Json): readonly ModelEvent[] {
    const [choice] = objectsIn(event.choices);
    this.#countThat(objectIn(event.usage) ?? objectIn(choice?.usage));
    const error = choice ? (errorAt(choice) ?? errorAt(event)) : errorIn(event);
    if (error !== undefined) this.fail(error);
    if (!choice) return [];
    const said = objectIn(choice.delta) ?? objectIn(choice.message) ?? { content: choice.text };
    const events = [...thoughtsIn(said), ...contentIn(said.content), ...this.#rest(said)];
    // A whole message has ended, whether or not it says how.
    const whole = objectIn(choice.message) && !objectIn(choice.delta) ? 'stop' : undefined;
    if (error === undefined) this.endAs(choice.finish_reason ?? whole);
    return events;
  }

  #rest(said: Json): readonly ModelEvent[] {
    const refusal = textIn(said.refusal);
    return [
      ...(refusal === '' ? [] : [{ kind: 'text' as const, text: refusal }]),
      ...objectsIn(said.images).flatMap(pictureFrom),
      ...objectsIn(said.tool_calls).flatMap((call) => this.#toolIn(call)),
      ...(objectIn(said.function_call) ? this.#toolIn({ index: 0, function: said.function_call }) : []),
    ];
  }

  /** `function` may be null where a server only says that more of a call follows. */
  #toolIn({ index, id, function: called }: Json): readonly ModelEvent[] {
    const { name, arguments: input } = objectIn(called) ?? {};
    return this.#tools.add({ at: index, id, name, more: inputIn(input) });
  }

  #countThat(usage: Json | undefined): void {
    if (!usage) return;
    this.count({
      input: usage.prompt_tokens,
      output: usage.completion_tokens,
      reasoning: objectIn(usage.completion_tokens_details)?.reasoning_tokens,
      cached: numberIn(objectIn(usage.prompt_tokens_details)?.cached_tokens) || undefined,
    });
  }
}

/** Beside words an error is only what calls itself one. */
function errorAt({ error }: Json): unknown {
  return errorIn({ error });
}

function thoughtsIn(said: Json): readonly ModelEvent[] {
  const field = THOUGHTS.find((name) => textIn(said[name]) !== '');
  const text = field
    ? textIn(said[field])
    : objectsIn(said.reasoning_details)
        .map((one) => textIn(one.text) || textIn(one.summary))
        .join('');
  return text === '' ? [] : [{ kind: 'reasoning', text }];
}

/** Text, or parts: of text, of thoughts (Mistral), pictures. */
function contentIn(content: unknown): readonly ModelEvent[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  return objectsIn(content).flatMap((part): readonly ModelEvent[] => {
    if (part.type === 'thinking' || part.type === 'reasoning') {
      const inner = part.thinking ?? part.reasoning ?? part.text;
      const text =
        typeof inner === 'string'
          ? inner
          : objectsIn(inner)
              .map((one) => textIn(one.text))
              .join('');
      return text === '' ? [] : [{ kind: 'reasoning', text }];
    }
    const text = textIn(part.text);
    return text === '' ? pictureFrom(part) : [{ kind: 'text', text }];
  });
}
