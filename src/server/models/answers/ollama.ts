/** Ollama's `/api/chat`: an object a line, the last of which says `done`. */
import type { ModelEvent } from '../port.ts';
import { pictureFrom } from './pictures.ts';
import { errorIn, inputIn, type Json, objectIn, objectsIn, Reader, textIn } from './reader.ts';

export class OllamaReader extends Reader {
  #calls = 0;

  read(line: Json): readonly ModelEvent[] {
    const error = errorIn(line);
    if (error !== undefined) this.fail(error);
    const message = objectIn(line.message) ?? { content: line.response };
    const events = [...wordsIn(message), ...objectsIn(message.tool_calls).flatMap((one) => this.#tool(one))];
    if (line.done === true && error === undefined) {
      this.count({ input: line.prompt_eval_count, output: line.eval_count });
      this.endAs(textIn(line.done_reason) || 'stop');
      this.done = true;
    }
    return events;
  }

  #tool({ id, function: called }: Json): readonly ModelEvent[] {
    const { name, arguments: input } = objectIn(called) ?? {};
    if (textIn(name) === '') return [];
    this.#calls += 1;
    const call = textIn(id) || `call_${this.#calls}`;
    return [{ kind: 'tool', call, name: textIn(name), input: inputIn(input ?? {}) }];
  }
}

function wordsIn(message: Json): readonly ModelEvent[] {
  const thoughts = textIn(message.thinking);
  const text = textIn(message.content);
  const images = Array.isArray(message.images) ? message.images : [];
  return [
    ...(thoughts === '' ? [] : [{ kind: 'reasoning' as const, text: thoughts }]),
    ...(text === '' ? [] : [{ kind: 'text' as const, text }]),
    ...images.flatMap((data) => pictureFrom({ data })),
  ];
}
