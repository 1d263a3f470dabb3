/** How full a model's window is: what the meter by the message box says. Pure. */
import type { ContextSize } from '../../../client/folds/context-size.ts';
import { roomIn } from '../../../protocol/index.ts';
import { numberText } from '../../components/amount-text.ts';
import { tokensText } from '../models/later.ts';
import * as strings from './strings.ts';

export interface Gauge {
  /** Tokens of all that the model would read with the next question. */
  readonly used: number;
  /** Undefined: not known. */
  readonly window?: number;
  /** Of the window, without what is kept free for the answer. */
  readonly room?: number;
  /** `empty`: nothing is said or typed. `unknown`: the window is not known. `full`: soon. `over`: not all of it can be read. */
  readonly state: 'empty' | 'unknown' | 'fits' | 'full' | 'over';
  /** `least`: some texts are not loaded. */
  readonly how: 'counted' | 'about' | 'least';
}

/** From here on the meter warns. */
const FULL = 0.8;

/** @param draft tokens of what is being typed. */
export function gaugeOf(size: ContextSize, draft: number, window: number | undefined): Gauge {
  const used = size.tokens + draft;
  const how = size.unread > 0 ? 'least' : size.estimated || draft > 0 ? 'about' : 'counted';
  if (window === undefined) return { used, state: used === 0 ? 'empty' : 'unknown', how };
  const room = roomIn(window);
  return { used, window, room, state: stateOf(used, room), how };
}

function stateOf(used: number, room: number): Gauge['state'] {
  if (used === 0) return 'empty';
  if (used > room) return 'over';
  return used > room * FULL ? 'full' : 'fits';
}

/** "1.2k / 8.1k"; "1.2k" where the window is not known. */
export function gaugeText({ used, window }: Gauge): string {
  return window === undefined ? tokensText(used) : `${tokensText(used)} / ${tokensText(window)}`;
}

/** "about 1,204 of 8,192 tokens", "1,204 tokens; how much the model can read is not known". */
export function gaugeWords(gauge: Gauge): string {
  const { window } = gauge;
  return window === undefined ? strings.sizeOnly(usedWords(gauge)) : strings.sizeOf(usedWords(gauge), window);
}

/** "about 1,204". */
export function usedWords({ used, how }: Gauge): string {
  return `${{ counted: '', about: strings.about, least: strings.atLeast }[how]}${numberText(used)}`;
}

/** From 0 to 1: how much of the ring is drawn. */
export function shareOf({ used, room }: Gauge): number {
  return room === undefined ? 0 : Math.min(1, used / Math.max(1, room));
}
