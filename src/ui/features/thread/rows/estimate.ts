/** How high a row will be before it was measured, in px. A good guess keeps the scroll bar steady; nothing depends on it. Pure. */
import type { Row } from './rows.ts';

const LINE = 27;
/** Header, actions and the space between rows. */
const FRAME = 88;
/** Characters of a token, and of a line in a thread `width` px wide. */
const TOKEN = 4;
const perLine = (width: number): number => Math.max(24, Math.min(width - 40, 700) / 7.6);

export function estimateHeight({ entry, role, summary }: Row, width: number): number {
  if (role === 'system' || summary) return 48;
  if (entry.kind !== 'message') return FRAME + 3 * LINE;
  const { preview, usage } = entry.header;
  const cut = preview.endsWith('…');
  const written = role === 'assistant' && usage?.output ? usage.output * TOKEN : cut ? 600 : preview.length;
  const lines = Math.ceil(written / perLine(width));
  return FRAME + LINE * Math.max(1, role === 'user' ? Math.min(lines, 12) : lines);
}
