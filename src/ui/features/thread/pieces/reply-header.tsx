import type { Origin, ReadContext } from '../../../../tree/index.ts';
import * as strings from '../strings.ts';

interface ReplyHeaderProps {
  readonly name: string;
  readonly demo?: boolean | undefined;
  /** A person has changed the words: nobody shall take them for the model's. */
  readonly edited?: boolean;
  /** It goes on from the words of another version. */
  readonly origin?: Origin;
  /** How much of what was said before it could be read; absent: nobody knows. */
  readonly context?: ReadContext | undefined;
  /** Earlier messages were summarised for it, unasked. Default: they were not. */
  readonly madeRoom?: true | undefined;
}

/** Who wrote a reply. The demo is badged wherever it speaks: nobody shall take it for an AI. */
export function ReplyHeader({
  name,
  demo = false,
  edited = false,
  origin,
  context,
  madeRoom,
}: ReplyHeaderProps) {
  const shown = demo ? name.replace(/\s*\(not an AI\)$/, '') : name;
  return (
    <header className="mb-1 flex min-h-6 flex-wrap items-center gap-x-2 gap-y-0.5 text-sm">
      {!(demo && shown === strings.demo) && shown !== '' && (
        <span className="max-w-full truncate font-semibold">{shown}</span>
      )}
      {demo && (
        <span className="shrink-0 rounded-full bg-warn-soft px-2 py-px font-medium text-warn text-xs">
          {strings.demoBadge}
        </span>
      )}
      {edited && (
        <span className="shrink-0 rounded-full bg-leaf-soft px-2 py-px font-medium text-leaf text-xs">
          {strings.editedByYou}
        </span>
      )}
      {origin?.begun !== undefined && (
        <span className="shrink-0 rounded-full bg-leaf-soft px-2 py-px font-medium text-leaf text-xs">
          {origin.cut ? strings.continuedFromCut : strings.continued}
        </span>
      )}
      {origin?.instruction && (
        <span className="max-w-full truncate text-muted text-xs" data-tip={strings.asked(origin.instruction)}>
          {strings.asked(origin.instruction)}
        </span>
      )}
      {madeRoom && (
        <span className="max-w-full truncate text-muted text-xs" data-tip={strings.summarisedForIt}>
          {strings.summarisedForIt}
        </span>
      )}
      {context && context.read < context.of && (
        <span
          className="max-w-full truncate text-muted text-xs"
          data-tip={strings.olderLeftOut(context.window)}
        >
          {readText(context)}
        </span>
      )}
    </header>
  );
}

/** "read the last 12 of 40 messages". */
function readText({ read, of }: ReadContext): string {
  return strings.readLast(read, of);
}
