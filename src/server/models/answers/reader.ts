/** What every wire format's reader shares: it turns the events of one answer into events of the model, and knows how it ended. */
import type { Usage } from '../../../tree/index.ts';
import type { ModelEvent } from '../port.ts';

export type Json = Readonly<Record<string, unknown>>;

/**
 * Takes what is there and passes over what says nothing: servers add events, leave out fields and send null for them. An
 * error beside words of the same event comes after them.
 */
export abstract class Reader {
  /** Undefined until an event has said that, and how, the answer ended. */
  reason: 'stop' | 'length' | 'filter' | undefined;
  /** The provider has said all it will, though perhaps not how it ended. */
  over = false;
  /** Nothing comes after this, though the connection may stay open. */
  done = false;
  usage: Usage | undefined;
  /** An error event as it came, or the word of an end that means one. Undefined once the answer ended well. */
  error: unknown;

  /** What an event says, in order. */
  abstract read(event: Json): readonly ModelEvent[];

  /** @param word as the provider says it; empty or absent: it has not ended. */
  protected endAs(word: unknown): void {
    if (typeof word !== 'string' || word === '') return;
    if (this.error !== undefined) return;
    const how = howEnded(word);
    if (how === 'broken') return this.fail({ error: word });
    this.reason = how;
    this.over = true;
  }

  protected fail(error: unknown): void {
    if (this.reason === undefined) this.error ??= error;
  }

  /** Fills in what is known; what is not is left as it was. */
  protected count(usage: { readonly [K in keyof Usage]: unknown }): void {
    const known = Object.entries(usage).filter(([, value]) => typeof value === 'number' && value >= 0);
    if (known.length > 0) this.usage = { ...this.usage, ...Object.fromEntries(known) };
  }
}

const FILTER = /filter|safety|sensitive|refus|toxic|recitation|prohibit|blocklist|spii|moderat/i;
const LENGTH = /length|max[_ -]?(\w+[_ -])?tokens|context[_ -]?window|token[_ -]?limit|^(error[_ -])?limit$/i;
const BROKEN =
  /error|abort|cancel|insufficient|time[_ -]?(out|limit)|fail|interrupt|unavailable|overload|disconnect|malformed|preempt/i;

/** What servers call the ways an answer ends; an unknown word means that the answer is complete. */
function howEnded(word: string): 'stop' | 'length' | 'filter' | 'broken' {
  if (FILTER.test(word)) return 'filter';
  if (LENGTH.test(word)) return 'length';
  return BROKEN.test(word) ? 'broken' : 'stop';
}

export const objectIn = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;

export const objectsIn = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.map(objectIn).filter((one) => one !== undefined) : [];

export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

export const numberIn = (value: unknown): number | undefined =>
  typeof value === 'number' && value >= 0 ? value : undefined;

/** Input of a tool as JSON text, whether it came as text or as an object. */
export const inputIn = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);

/**
 * An error wherever servers put it: in `error`, or beside a code of its own where nothing was said (`{"code":50000,
 * "msg":"…"}`). Undefined: none.
 */
export function errorIn(event: Json): unknown {
  const { error } = event;
  if (typeof error === 'string' && error !== '') return { error };
  if (typeof error === 'object' && error !== null && Object.keys(error).length > 0) return { error };
  const { code = event.status_code ?? event.status, success } = event;
  const told = ['msg', 'message', 'detail', 'error_msg', 'errors'].some((field) => {
    const value = event[field];
    return (typeof value === 'string' && value !== '') || (Array.isArray(value) && value.length > 0);
  });
  const bad = event.object === 'error' || success === false || isBadCode(code) || 'detail' in event;
  if (told && bad) return event;
  const base = objectIn(event.base_resp);
  return base && isBadCode(base.status_code) ? base : undefined;
}

function isBadCode(code: unknown): boolean {
  if (typeof code === 'string') return !/^(0|200|ok|success)?$/i.test(code);
  return typeof code === 'number' && code !== 0 && code !== 200;
}
