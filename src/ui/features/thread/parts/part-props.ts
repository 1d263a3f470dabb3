import { createContext } from 'react';
import { foundIn, isKnown, type Part } from '../../../../protocol/index.ts';

interface PartsOfMessage {
  readonly message: string;
  /** The one that holds what is shown of the hit one is at, if this is its message. */
  readonly shown: Part | undefined;
}

/** Whose parts these are; undefined where nobody looks for anything in them. */
export const PartsOf = createContext<PartsOfMessage | undefined>(undefined);

/** What can be marked in a part: of what is folded what is under its title. */
export function markableText(part: Part): string {
  if (!isKnown(part)) return '';
  if (part.kind === 'tool') return [part.input, part.output, part.error].join('\n');
  if (part.kind === 'call') return part.text ?? '';
  return foundIn([part]);
}

/** What the view of a part gets. */
export interface PartProps<Kind extends Part['kind']> {
  readonly part: Extract<Part, { kind: Kind }>;
  /** Unique on the page. */
  readonly scope: string;
  /** This part is being written. */
  readonly writing: boolean;
  /** How long it took, if somebody watched. */
  readonly seconds: number | undefined;
  /** There is nothing else to read. Default: false. */
  readonly alone?: boolean;
}
