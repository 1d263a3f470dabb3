import { later } from '../../components/index.ts';
import * as strings from '../strings.ts';
import { Waiting } from './waiting.tsx';

/** The messages of a path and what they are drawn with. Apart from the first load: a new chat needs none of it. */
export const LoadedThread = later(
  async () => {
    // Asked for at the same time, not one after the other: the first reply is drawn formatted.
    import('../../features/markdown/later.ts').catch(() => {});
    return (await import('../../features/thread/later.ts')).Thread;
  },
  <Waiting what={strings.loadingMessages} />,
);

/** The path on paper: with the thread, which it is made of. */
export const LoadedPrintedPath = later(
  async () => (await import('../../features/thread/later.ts')).PrintedPath,
);
