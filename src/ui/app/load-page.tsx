import { type ComponentType, lazy, Suspense, useState } from 'react';
import { TopBar } from './top-bar.tsx';
import { Waiting } from './waiting.tsx';

interface PageProps {
  readonly id: string;
}

let loaded: ComponentType<PageProps> | undefined;

/** Loads the page of a conversation: a new chat needs none of it. Asked for once the first page is there. */
export async function loadPage(): Promise<{ default: ComponentType<PageProps> }> {
  const { ConversationPage } = await import('./conversation-page.tsx');
  loaded = ConversationPage;
  return { default: ConversationPage };
}

const Later = lazy(loadPage);

/** One conversation. Once its code is there nothing is waited for: the first message goes over without a flicker. */
export function LoadedPage({ id }: PageProps) {
  // Chosen once: to take the other when the page is drawn again would be to begin it anew.
  const [Page] = useState(() => loaded ?? Later);
  const waiting = (
    <>
      <TopBar />
      <Waiting what="Loading the conversation" />
    </>
  );
  return (
    <Suspense fallback={waiting}>
      <Page id={id} />
    </Suspense>
  );
}
