/** OpenAI's responses: items that are added, grow and are done, and one last event that says how it went. */
import type { ModelEvent } from '../port.ts';
import { pictureFrom } from './pictures.ts';
import { errorIn, inputIn, type Json, numberIn, objectIn, objectsIn, Reader, textIn } from './reader.ts';
import { ToolCalls } from './tool-calls.ts';

const DELTAS: ReadonlyMap<string, 'text' | 'reasoning'> = new Map([
  ['response.output_text.delta', 'text'],
  ['response.refusal.delta', 'text'],
  ['response.reasoning_summary_text.delta', 'reasoning'],
  ['response.reasoning_text.delta', 'reasoning'],
]);

export class ResponsesReader extends Reader {
  readonly #tools = new ToolCalls();
  /** Items that were told in deltas: told again when they are done. */
  readonly #told = new Set<unknown>();
  #paragraph = false;

  read(event: Json): readonly ModelEvent[] {
    const { type } = event;
    const kind = DELTAS.get(textIn(type));
    if (kind) return this.#delta(kind, event);
    const item = objectIn(event.item) ?? {};
    switch (type) {
      case 'response.output_item.added':
        return item.type === 'function_call' ? this.#call(event, item, '') : [];
      case 'response.function_call_arguments.delta':
        return this.#tools.add({
          ...callAt(event),
          id: undefined,
          name: undefined,
          more: textIn(event.delta),
        });
      case 'response.output_item.done':
        return this.#item(item, event);
      case 'response.reasoning_summary_part.added':
        this.#paragraph = numberIn(event.summary_index) !== 0;
        return [];
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
      case 'response.cancelled':
        return this.#response(objectIn(event.response) ?? {}, textIn(type).slice('response.'.length));
    }
    if (event.object === 'response') return this.#response(event, textIn(event.status));
    // Older and newer forms: the error at the top, or in a field of its own.
    const error = type === 'error' ? (errorIn(event) ?? { error: event }) : errorIn(event);
    if (error !== undefined) this.fail(error);
    return [];
  }

  #delta(kind: 'text' | 'reasoning', { delta, ...event }: Json): readonly ModelEvent[] {
    const text = textIn(delta);
    if (text === '') return [];
    this.#told.add(placeOf(event));
    const paragraph = kind === 'reasoning' && this.#paragraph;
    if (kind === 'reasoning') this.#paragraph = false;
    return [{ kind, text: paragraph ? `\n\n${text}` : text }];
  }

  #call(event: Json, item: Json, more: string): readonly ModelEvent[] {
    return this.#tools.add({ ...callAt(event, item), id: item.call_id ?? item.id, name: item.name, more });
  }

  /** An item that is done: what of it was not told in deltas. */
  #item(item: Json, event: Json): readonly ModelEvent[] {
    const place = placeOf(event, item);
    if (item.type === 'function_call') {
      const { call_id: id = item.id, name, arguments: input } = item;
      return this.#tools.settle({ ...callAt(event, item), id, name, more: inputIn(input) });
    }
    if (this.#told.has(place)) return [];
    if (item.type === 'image_generation_call') {
      this.#told.add(place);
      return pictureFrom({ b64_json: item.result });
    }
    this.#told.add(place);
    const texts = objectsIn(item.type === 'reasoning' ? item.summary : item.content);
    const text = texts.map((part) => textIn(part.text) || textIn(part.refusal)).join('');
    return text === '' ? [] : [{ kind: item.type === 'reasoning' ? 'reasoning' : 'text', text }];
  }

  /** Its output is told where nothing was before: a server that does not stream. */
  #response(response: Json, status: string): readonly ModelEvent[] {
    this.#countThat(objectIn(response.usage));
    const silent = this.#told.size === 0;
    const output = silent ? objectsIn(response.output) : [];
    const events = output.flatMap((item, at) => this.#item(item, { output_index: at }));
    const error = errorIn({ error: response.error });
    if (error !== undefined || status === 'failed') this.fail(error ?? { error: 'failed' });
    else if (status !== 'incomplete') this.endAs(status);
    else this.endAs(textIn(objectIn(response.incomplete_details)?.reason) || 'length');
    this.done = true;
    return events;
  }

  #countThat(usage: Json | undefined): void {
    if (!usage) return;
    this.count({
      input: usage.input_tokens,
      output: usage.output_tokens,
      reasoning: numberIn(objectIn(usage.output_tokens_details)?.reasoning_tokens) || undefined,
      cached: numberIn(objectIn(usage.input_tokens_details)?.cached_tokens) || undefined,
    });
  }
}

/** Its number in the output; where a server leaves that out, its id. */
const placeOf = (event: Json, item: Json = {}): unknown => event.output_index ?? event.item_id ?? item.id;
const callAt = (event: Json, item: Json = {}) => ({ at: placeOf(event, item) ?? item.call_id });
