/** What is written of a mark. */
import type { CommandInput } from '../../../protocol/index.ts';
import { MARK_FIELDS, type MarkEntry, type MarkPatch } from '../../../tree/index.ts';
import type { Clock } from './clock.ts';

type WantedMark = CommandInput<'mark'>['marks'][number];

/** What is new of it, later than every mark of the message that was read, so that it wins. */
export function patchFor(
  clock: Clock,
  entry: MarkEntry | undefined,
  { message, ...asked }: WantedMark,
): MarkPatch[] {
  const fields = MARK_FIELDS.filter((field) => asked[field] !== undefined);
  const fresh = fields.filter((field) => asked[field] !== (entry?.[field]?.value ?? BLANK[field]));
  if (fresh.length === 0) return [];
  const latest = Math.max(0, ...MARK_FIELDS.map((field) => entry?.[field]?.at ?? 0));
  const said = Object.fromEntries(fresh.map((field) => [field, asked[field]]));
  return [{ id: message, at: clock.tick(latest + 1), ...said }];
}

const BLANK = { star: false, label: '', colour: 'none', pruned: false, kept: false } as const;
