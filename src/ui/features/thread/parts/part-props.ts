import { createContext } from 'react';
import type { Part } from '../../../../protocol/index.ts';

/** The message whose parts these are; undefined where nobody looks for anything in them. */
export const PartsOf = createContext<string | undefined>(undefined);

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
