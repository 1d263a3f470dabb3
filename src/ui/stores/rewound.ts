/**
 * What was just hidden by a rewind: it stays in the tree, faded, until the reader looks away. For the moment: nothing of it is stored. Looked
 * away is who goes elsewhere, closes the tree, or does anything else that can be undone.
 */
import { create } from 'zustand';
import type { ConversationView } from '../../client/types.ts';

interface Rewound {
  readonly conversation: string;
  /** The messages it hid with all that follows them. */
  readonly heads: readonly string[];
  /** Where the path ends since; null: nowhere. */
  readonly end: string | null;
}

const useRewound = create<{ readonly rewound?: Rewound | undefined }>()(() => ({}));

export const noteRewound = (rewound: Rewound): void => useRewound.setState({ rewound });

export function lookAway(): void {
  if (useRewound.getState().rewound) useRewound.setState({ rewound: undefined });
}

const none: readonly string[] = [];

/** What the tree still shows of it, by the first messages: nothing once the path ends elsewhere. */
export function useFadedHeads({ id, path }: Pick<ConversationView, 'id' | 'path'>): readonly string[] {
  const end = path.at(-1)?.key ?? null;
  return useRewound(({ rewound }) =>
    rewound?.conversation === id && rewound.end === end ? rewound.heads : none,
  );
}
