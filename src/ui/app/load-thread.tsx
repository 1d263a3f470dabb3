import type { ReactNode } from 'react';
import type { ConversationView } from '../../client/types.ts';
import type { ModelRef } from '../../tree/index.ts';
import { later } from '../components/index.ts';
import { Waiting } from './waiting.tsx';

interface ThreadProps {
  readonly view: ConversationView;
  /** The model that "Try again" and "Regenerate" ask: the composer's. */
  readonly model: ModelRef | undefined;
  /** Stands beside the forks of the path. */
  readonly besideForks: ReactNode;
  /** Chosen since the last reply was asked for. */
  readonly chosen: ModelRef | undefined;
  /** The visible path shall go through this message. */
  readonly onSelect: (message: string) => void;
  /** The reader jumps to this message. */
  readonly onJump: (message: string) => void;
}

/** The messages of a path and what they are drawn with. Apart from the first load: a new chat needs none of it. */
export const LoadedThread = later<ThreadProps>(
  async () => {
    // Asked for at the same time, not one after the other: the first reply is drawn formatted.
    import('../features/markdown/formatted-text.tsx').catch(() => {});
    return (await import('../features/thread/index.ts')).Thread;
  },
  <Waiting what="Loading messages" />,
);
