import { type ReactNode, useRef } from 'react';
import { useAccess } from '../../../client/hooks/index.ts';
import type { ConversationView } from '../../../client/types.ts';
import { Button } from '../../components/index.ts';
import { Composer } from '../../features/composer/index.ts';
import type { CurrentModel } from '../../features/models/index.ts';
import { FaultDetails } from '../frame/error-boundary.tsx';
import { LoadedThread } from '../frame/load-thread.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { Welcome } from '../frame/welcome.tsx';
import * as strings from './strings.ts';
import { useReadingPlace } from './use-reading-place.ts';

interface ChatPaneProps {
  readonly view: ConversationView;
  readonly model: CurrentModel;
  /** It is known where the message box stands. */
  readonly isOpen: boolean;
  /** Stands beside the forks of the path, where there are any. */
  readonly offer: ReactNode;
  /** Called with what was just made after the message `after`: the path is to go through it. */
  readonly onMade: (message: string, after: string | null) => void;
  /** The reader jumps to a message. */
  readonly onJump: (message: string) => void;
}

/** The messages of the visible path and the message box under them. */
export function ChatPane(props: ChatPaneProps) {
  const { view, model, isOpen } = props;
  const pane = useRef<HTMLDivElement>(null);
  useReadingPlace(pane, view);
  return (
    <div ref={pane} data-print="flow" className="flex min-h-0 flex-1 flex-col">
      <div data-print="flow" className="relative flex min-h-0 flex-1 flex-col">
        <Messages {...props} />
      </div>
      {isOpen && <Composer view={view} model={model} onMade={props.onMade} />}
    </div>
  );
}

function Messages({ view, model, offer, onMade, onJump }: ChatPaneProps) {
  const { readOnly } = useAccess();
  if (view.path.length > 0) {
    return <LoadedThread view={view} besideForks={offer} onMade={onMade} onJump={onJump} />;
  }
  if (view.status === 'loading') return <Waiting what={strings.loadingMessages} />;
  if (view.status === 'error') return <Failed view={view} />;
  if (readOnly) return <p className="m-auto px-6 text-muted">{strings.noMessages}</p>;
  return (
    <div className="flex min-h-0 flex-1 overflow-y-auto">
      <Welcome draft={view.id} model={model} />
    </div>
  );
}

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
