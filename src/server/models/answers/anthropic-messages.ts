/** Anthropic's messages, and servers that speak them without the half of it. */
import type { ModelEvent } from '../port.ts';
import { pictureFrom } from './pictures.ts';
import { errorIn, inputIn, type Json, numberIn, objectIn, objectsIn, Reader, textIn } from './reader.ts';
import { ToolCalls } from './tool-calls.ts';

export class MessagesReader extends Reader {
  readonly #tools = new ToolCalls();

  read(event: Json): readonly ModelEvent[] {
    switch (event.type) {
      case 'message_start':
        return this.#message(objectIn(event.message) ?? {});
      case 'content_block_start':
        return this.#block(objectIn(event.content_block) ?? {}, event.index);
      case 'content_block_delta':
        return this.#delta(objectIn(event.delta) ?? {}, event.index);
      case 'message_delta':
        this.#countThat(objectIn(event.usage));
        this.endAs(objectIn(event.delta)?.stop_reason);
        return [];
      case 'message_stop':
        if (this.reason === undefined) this.endAs('end_turn');
        this.done = true;
        return [];
      case 'message':
        return this.#message({ stop_reason: 'end_turn', ...event });
    }
    const error = errorIn(event);
    if (error !== undefined) this.fail(error);
    return [];
  }

  /** A whole one, where a server does not stream, says all of it at once. */
  #message(message: Json): readonly ModelEvent[] {
    this.#countThat(objectIn(message.usage));
    const events = objectsIn(message.content).flatMap((block, at) => this.#block(block, at));
    this.endAs(message.stop_reason);
    return events;
  }

  #block(block: Json, at: unknown): readonly ModelEvent[] {
    if (typeof block.name !== 'string' || !/tool_use$/.test(textIn(block.type))) return wordsIn(block);
    const { id, name, input } = block;
    // The input comes in deltas; an empty object stands there meanwhile.
    const whole = objectIn(input) && Object.keys(input as Json).length > 0;
    return this.#tools.add({ at: at ?? id, id, name, more: whole ? inputIn(input) : '' });
  }

  #delta(delta: Json, at: unknown): readonly ModelEvent[] {
    const json = textIn(delta.partial_json);
    if (json !== '') return this.#tools.add({ at, id: undefined, name: undefined, more: json });
    return wordsIn(delta);
  }

  /** What was read from or written to the cache is not in `input_tokens`. */
  #countThat(usage: Json | undefined): void {
    if (!usage) return;
    const cached = numberIn(usage.cache_read_input_tokens) ?? 0;
    const fresh = numberIn(usage.input_tokens);
    const written = numberIn(usage.cache_creation_input_tokens) ?? 0;
    const input = fresh === undefined ? undefined : fresh + cached + written;
    this.count({ input, output: usage.output_tokens, cached: cached || undefined });
  }
}

/** What a block or a delta says, whichever kind it is; unknown kinds too. */
function wordsIn(said: Json): readonly ModelEvent[] {
  const thoughts = textIn(said.thinking);
  const text = textIn(said.text);
  return [
    ...(thoughts === '' ? [] : [{ kind: 'reasoning' as const, text: thoughts }]),
    ...(text === '' ? [] : [{ kind: 'text' as const, text }]),
    ...(said.type === 'image' ? pictureFrom(said) : []),
  ];
}
