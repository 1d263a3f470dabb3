/** The models that a server lists, whatever shape the list has. Pure. */

/** Where servers put their list. OpenAI's shape first; a bare list (Together); under other names, one below the other. */
const LISTS = ['data', 'models', 'result', 'results', 'items', 'body'];

/** Null where nothing is a list; one that is null (Ollama without models) is empty. */
export function listIn(answer: unknown, depth = 0): readonly unknown[] | null {
  if (Array.isArray(answer)) return answer;
  if (typeof answer !== 'object' || answer === null || depth > 2) return null;
  const fields = answer as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(fields, 'data') && fields.data === null) return [];
  return LISTS.map((name) => listIn(fields[name], depth + 1)).find((list) => list !== null) ?? null;
}

/** A model as a string, or named in another field than `id`. */
export function named(item: unknown): unknown {
  if (typeof item === 'string') return { id: item };
  if (typeof item !== 'object' || item === null) return item;
  const { id, model, name, model_name: long } = item as Readonly<Record<string, unknown>>;
  const first = [id, model, name, long].find((one) => typeof one === 'string' && one !== '');
  return { ...item, id: first };
}
