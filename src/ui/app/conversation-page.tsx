import { lazy, Suspense, useState } from 'react';
import { useConversation } from '../../client/hooks/index.ts';
import type { ConversationView } from '../../client/types.ts';
import { Button, Spinner } from '../components/index.ts';
import { Composer } from '../features/composer/index.ts';
import { titleOf } from '../features/conversations/index.ts';
import { type CurrentModel, useCurrentModel } from '../features/models/index.ts';
// Not with the thread, which is loaded later: a reply can have failed by then.
import { ReplyAnnouncer } from '../features/thread/reply-announcer.tsx';
import { ArchivedNote } from './archived-note.tsx';
import { loadThread } from './load-thread.ts';
import { MissingPage } from './missing-page.tsx';
import { TopBar } from './top-bar.tsx';
import { useDocumentTitle } from './use-document-title.ts';
import { Welcome } from './welcome.tsx';

const Thread = lazy(loadThread);

/** One conversation: its messages and the message box. */
export function ConversationPage({ id }: { readonly id: string }) {
  const [selected, select] = useState<string | null>(null);
  const view = useConversation(id, { selected });
  const model = useCurrentModel(view);
  const title = view.header ? titleOf(view.header) : undefined;
  const missing = view.status === 'missing';
  useDocumentTitle(missing ? 'Not found' : title);
  if (missing) return <MissingPage view={view} />;
  return (
    <>
      <TopBar title={title} />
      {view.header?.archived && <ArchivedNote header={view.header} />}
      <main data-print="flow" className="flex min-h-0 flex-1 flex-col">
        <div data-print="flow" className="relative flex min-h-0 flex-1 flex-col">
          <Messages view={view} model={model} onSelect={select} />
        </div>
        <Composer view={view} model={model} />
      </main>
      <ReplyAnnouncer view={view} />
    </>
  );
}

interface MessagesProps {
  readonly view: ConversationView;
  readonly model: CurrentModel;
  readonly onSelect: (message: string) => void;
}

function Messages({ view, model, onSelect }: MessagesProps) {
  if (view.path.length > 0) {
    const { picked } = model;
    return (
      <Suspense fallback={<Waiting />}>
        <Thread
          view={view}
          model={picked.kind === 'model' ? picked.model.ref : undefined}
          onSelect={onSelect}
        />
      </Suspense>
    );
  }
  if (view.status === 'loading') return <Waiting />;
  if (view.status === 'error') return <Failed view={view} />;
  return (
    <div className="flex min-h-0 flex-1 overflow-y-auto">
      <Welcome draft={view.id} model={model} />
    </div>
  );
}

function Waiting() {
  return (
    <div className="appearing m-auto">
      <Spinner label="Loading messages" />
    </div>
  );
}

function Failed({ view }: { readonly view: ConversationView }) {
  return (
    <div className="m-auto px-6 text-center">
      <p role="alert">{view.error ?? 'This conversation could not be loaded.'}</p>
      <Button className="mt-3" onClick={view.retry}>
        Try again
      </Button>
    </div>
  );
}
