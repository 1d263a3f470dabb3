/** Commands of the protocol's smaller tables (agents, endpoints, folders, access, shares), each loaded with what asks for it. */
import type * as z from 'zod/mini';
import { sentenceOf } from './errors.ts';
import { type Http, postJson, readJson } from './http.ts';

interface TableRow {
  readonly input: z.ZodMiniType;
  readonly output: z.ZodMiniType;
}

type CommandTable<T> = { readonly [Name in keyof T]: TableRow };

export type TableCommand<T extends CommandTable<T>> = <N extends keyof T & string>(
  name: N,
  input: z.infer<T[N]['input']>,
  signal?: AbortSignal,
) => Promise<z.infer<T[N]['output']>>;

/** Rejects like `Http.request`; a refusal carries the server's sentence and code. */
export function tableCommand<T extends CommandTable<T>>(
  http: Http,
  table: T,
  path: (name: keyof T & string) => string,
): TableCommand<T> {
  return async (name, input, signal) => {
    const response = await http.request(path(name), { ...postJson(input), ...(signal && { signal }) });
    return (await readJson(response, table[name].output)) as z.infer<T[typeof name]['output']>;
  };
}

/** Rejects with an `Error` whose message is a sentence for people, and whose cause is what it was. */
export function inSentences<T extends CommandTable<T>>(ask: TableCommand<T>): TableCommand<T> {
  return async (...given) => {
    try {
      return await ask(...given);
    } catch (error) {
      throw new Error(sentenceOf(error), { cause: error });
    }
  };
}
