/** What the engines behind the remote adapter cannot do, by name, with the reason (docs/reliability.md has the results). */
import type { Cannot } from '../../contract.ts';

const behindTheProtocol: Cannot = {
  pages: 'an answer tells one offset, its end: the engine chooses its pages',
  'strict-offsets': 'any offset that looks like one is taken',
  list: 'the protocol has no way to ask for names',
};

export const CANNOT: Readonly<Record<string, Cannot>> = {
  reference: behindTheProtocol,
  rust: { ...behindTheProtocol, 'past-tail': 'the offset is given back as the tail, with no items' },
  /** Any other: nothing is presumed beyond the protocol. */
  other: behindTheProtocol,
};
