import { memo, useMemo, useRef, useState } from 'react';
import { useAccess } from '../../../client/hooks/index.ts';
import type { ConversationView } from '../../../client/types.ts';
import { Button, useSoon, useSoonValue } from '../../components/index.ts';
import { Composer } from '../../features/composer/index.ts';
import type { CurrentModel } from '../../features/models/index.ts';
import { FaultDetails } from '../frame/error-boundary.tsx';
import { LoadedThread } from '../frame/load-thread.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { Welcome } from '../frame/welcome.tsx';
import { SplitOffer } from './conversation-notes.tsx';
import * as strings from './strings.ts';
import { useReadingPlace } from './use-reading-place.ts';

interface ChatPaneProps {
  readonly view: ConversationView;
  readonly model: CurrentModel;
  /** It is known where the message box stands. */
  readonly isOpen: boolean;
  /** The tree is offered beside the forks of the path, where there are any. */
  readonly offer: boolean;
  /** Called with what was just made after the message `after`: the path is to go through it. */
  readonly onMade: (message: string, after: string | null) => void;
  /** The reader jumps to a message. */
  readonly onJump: (message: string) => void;
}

/** The messages of the visible path and the message box under them: what has changed is drawn by each in a task of its own, after the page around them. */
export function ChatPane({ view: given, model, isOpen, offer, onMade, onJump }: ChatPaneProps) {
  const pane = useRef<HTMLDivElement>(null);
  const messages = useSoonOf(
    useMemo(() => ({ view: given, model, offer, onMade, onJump }), [given, model, offer, onMade, onJump]),
  );
  const box = useSoonOf(useMemo(() => ({ view: given, model, onMade }), [given, model, onMade]));
  useReadingPlace(pane, messages.view);
  // What is being sent comes from a page that showed it, and a box in which it was written: both stay in sight.
  const [atOnce] = useState(
    () => given.path.length === 0 || given.path.some(({ kind }) => kind === 'pending'),
  );
  const hasMessages = useSoon(true, atOnce);
  const hasBox = useSoon(isOpen, atOnce);
  return (
    <div ref={pane} data-print="flow" className="flex min-h-0 flex-1 flex-col">
      <div data-print="flow" className="relative flex min-h-0 flex-1 flex-col">
        {hasMessages ? <Messages {...messages} /> : <Waiting what={strings.loadingMessages} />}
      </div>
      {isOpen && hasBox && <Box {...box} />}
    </div>
  );
}

/** As it was drawn last, where that is of the same conversation: another one is there at once. */
function useSoonOf<T extends { readonly view: ConversationView }>(now: T): T {
  const soon = useSoonValue(now, 'first');
  return soon.view.id === now.view.id ? soon : now;
}

const Box = memo(Composer);

const Messages = memo(function Messages({
  view,
  model,
  offer,
  onMade,
  onJump,
}: Omit<ChatPaneProps, 'isOpen'>) {
  const { readOnly } = useAccess();
  if (view.path.length > 0) {
    return <LoadedThread view={view} besideForks={offer && <SplitOffer />} onMade={onMade} onJump={onJump} />;
  }
  if (view.status === 'loading') return <Waiting what={strings.loadingMessages} />;
  if (view.status === 'error') return <Failed view={view} />;
  if (readOnly) return <p className="m-auto px-6 text-muted">{strings.noMessages}</p>;
  return (
    <div className="flex min-h-0 flex-1 overflow-y-auto">
      <Welcome draft={view.id} model={model} />
    </div>
  );
});

function Failed({ view }: { readonly view: ConversationView }) {
  if (view.away)
    return (
      <p role="alert" className="m-auto max-w-prose px-6 text-center text-muted">
        {view.header ? strings.notKept : strings.notKeptUnknown}
      </p>
    );
  return (
    <div className="m-auto px-6 text-center">
      <p role="alert">{view.error ?? strings.couldNotLoad}</p>
      <Button className="mt-3" onClick={view.retry}>
        {strings.tryAgain}
      </Button>
      {view.fault !== undefined && <FaultDetails error={view.fault} />}
    </div>
  );
}
