interface Extent {
  readonly top: number;
  readonly bottom: number;
}

/** Enough of a message to see where the focus is, in px. */
const ENOUGH = 96;

/**
 * How to scroll so that a message that got the focus is in sight; undefined where it is already. Who walks from message to
 * message gets it whole, a long one from its beginning; else nothing moves while some of it can be seen. Pure.
 */
export function alignmentFor(
  message: Extent,
  window: Extent,
  walking: boolean,
): 'start' | 'auto' | undefined {
  if (message.top >= window.top && message.bottom <= window.bottom) return undefined;
  const seen = Math.min(message.bottom, window.bottom) - Math.max(message.top, window.top);
  if (!walking && seen >= ENOUGH) return undefined;
  return message.bottom - message.top > window.bottom - window.top ? 'start' : 'auto';
}
