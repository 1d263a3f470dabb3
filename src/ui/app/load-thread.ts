import type { ComponentType, ReactNode } from 'react';
import type { ConversationView } from '../../client/types.ts';
import type { ModelRef } from '../../tree/index.ts';

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

/** Loads the thread and what it draws with. Apart from the first load: a new chat needs none of it. */
export async function loadThread(): Promise<{ default: ComponentType<ThreadProps> }> {
  const { Thread } = await import('../features/thread/index.ts');
  return { default: Thread };
}
