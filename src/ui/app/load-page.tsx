import type { ReactNode } from 'react';
import { later } from '../components/index.ts';
import { TopBar } from './frame/top-bar.tsx';
import { PageWaiting } from './frame/waiting.tsx';
import * as strings from './strings.ts';

/**
 * One conversation: a new chat needs none of it. Asked for once the first page is there; from then on nothing is waited for, and the first
 * message goes over without a flicker.
 */
export const LoadedPage = later(
  async () => {
    // What it stands on runs by itself, in a task of its own.
    import('../../client/opened.ts').catch(() => {});
    return (await import('./conversation/conversation-page.tsx')).ConversationPage;
  },
  <>
    <TopBar />
    <PageWaiting what={strings.loadingConversation} />
  </>,
  underBar,
);

/** A page that could not be loaded: on a narrow window the conversations are reached by its bar. */
export function underBar(failed: ReactNode): ReactNode {
  return (
    <>
      <TopBar />
      {failed}
    </>
  );
}
