/** Models as counterparts: a session remembers nothing, each turn sends the whole context. */
import type { ModelSource } from '../models/port.ts';
import type { Counterpart } from './port.ts';

export function modelCounterpart(source: ModelSource): Counterpart {
  return {
    open: ({ generation, context, begun }) => ({
      async *take({ signal, alive }) {
        const { model, temperature, context: asked } = generation;
        const read = await context();
        if (signal.aborted) return;
        yield* source.stream({
          ...{ model, ...read, signal, alive },
          ...(temperature !== undefined && { temperature }),
          ...(asked && { window: asked.window }),
          ...(begun !== undefined && { begun }),
        });
      },
    }),
  };
}
