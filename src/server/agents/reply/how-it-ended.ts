/** What the answer to a prompt says of how the turn ended (`session/prompt`). Hostile: what is no number counts for nothing. Pure. */
import { type CounterpartEvent, CounterpartFailure } from '../../counterparts/port.ts';

export interface PromptAnswer {
  readonly stopReason?: string;
  readonly usage?: Readonly<Record<string, unknown>> | null;
}

/** Throws CounterpartFailure where it refused. */
export function endOf(
  { stopReason, usage }: PromptAnswer,
  name: string,
  cancelled: boolean,
): readonly CounterpartEvent[] {
  const count = (field: string) => {
    const value = usage?.[field];
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  };
  const [input, output, reasoning, cached] = [
    'inputTokens',
    'outputTokens',
    'thoughtTokens',
    'cachedReadTokens',
  ].map(count);
  const used = {
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
    ...(reasoning !== undefined && { reasoning }),
    ...(cached !== undefined && { cached }),
  };
  const finish: CounterpartEvent = { kind: 'finish', ...(Object.keys(used).length > 0 && { usage: used }) };
  switch (stopReason) {
    case 'max_tokens':
      return [{ ...finish, length: true }];
    case 'max_turn_requests':
      return [note(`${name} stopped: it asked its model as often as it may in one turn.`), finish];
    case 'refusal':
      throw new CounterpartFailure({ code: 'refused', sentence: `${name} refused to go on with this.` });
    case 'cancelled':
      if (!cancelled) return [note(`${name} was stopped, though not from here.`), finish];
      return [finish];
    default:
      return [finish];
  }
}

const note = (text: string): CounterpartEvent => ({
  kind: 'part',
  key: 'end',
  part: { kind: 'notice', text, warns: true },
});
