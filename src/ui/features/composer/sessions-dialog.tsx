import { useCallback, useEffect, useState } from 'react';
import { useAgents } from '../../../client/hooks/use-agents.ts';
import type { AgentOutput } from '../../../protocol/models/agents.ts';
import { dateOf } from '../../../protocol/reading/date-of.ts';
import { Button, Dialog, Spinner } from '../../components/index.ts';
import { navigate } from '../../stores/route.ts';
import * as strings from './strings-sessions.ts';

type Page = AgentOutput<'sessions'>;
type KnownSession = Page['sessions'][number];

interface SessionsDialogProps {
  readonly agent: string;
  readonly folder: string;
  readonly onClose: () => void;
}

/** The sessions an agent has of a folder; one that is pressed becomes a chat, with all that was said in it. */
export function SessionsDialog({ agent, folder, onClose }: SessionsDialogProps) {
  const agents = useAgents();
  const [pages, setPages] = useState<readonly Page[]>([]);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState<string>();
  const read = useCallback(
    (more?: string) => {
      setProblem(undefined);
      agents('sessions', { agent, folder, ...(more !== undefined && { more }) }).then(
        (page) => setPages((before) => (more === undefined ? [page] : [...before, page])),
        (error: Error) => setProblem(error.message),
      );
    },
    [agents, agent, folder],
  );
  useEffect(read, [read]);
  const go = async ({ id: session, ...known }: KnownSession) => {
    setBusy(session);
    setProblem(undefined);
    try {
      const { conversation } = await agents('continue', { agent, folder, session, ...known });
      onClose();
      navigate({ kind: 'conversation', id: conversation });
    } catch (error) {
      setProblem((error as Error).message);
      setBusy(undefined);
    }
  };
  const sessions = pages.flatMap((page) => page.sessions);
  const more = pages.at(-1)?.more;
  return (
    <Dialog title={strings.continueSession} onClose={onClose}>
      <p className="px-4 pt-3 pb-1 text-muted text-sm wrap-anywhere">{strings.ofAgent(agent, folder)}</p>
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        {pages.length === 0 && problem === undefined && (
          <p className="flex items-center gap-2 p-2 text-muted text-sm">
            <Spinner className="size-4" /> {strings.asking(agent)}
          </p>
        )}
        {pages.length > 0 && sessions.length === 0 && (
          <p className="p-2 text-muted text-sm">{strings.none(agent)}</p>
        )}
        <ul aria-label={strings.sessions}>
          {sessions.map((session) => (
            <li key={session.id}>
              <Session session={session} busy={busy} onPress={() => void go(session)} />
            </li>
          ))}
        </ul>
        {more !== undefined && (
          <Button look="text" onClick={() => read(more)}>
            {strings.more}
          </Button>
        )}
        {problem !== undefined && (
          <p role="alert" className="p-2 text-danger text-sm">
            {problem}
          </p>
        )}
      </div>
    </Dialog>
  );
}

interface SessionProps {
  readonly session: KnownSession;
  /** The one that is being continued. */
  readonly busy: string | undefined;
  readonly onPress: () => void;
}

function Session({ session: { id, title, at }, busy, onPress }: SessionProps) {
  return (
    <button
      type="button"
      disabled={busy !== undefined}
      onClick={onPress}
      className="flex min-h-11 w-full items-center gap-3 rounded-lg px-2 py-1 text-left text-sm hover:bg-hover disabled:opacity-60"
    >
      <span className="min-w-0 flex-1 truncate" dir="auto">
        {title ?? strings.untitled}
      </span>
      {busy === id ? (
        <Spinner className="size-4" />
      ) : (
        at !== undefined && (
          <time dateTime={dateOf(at).toISOString()} className="shrink-0 text-muted text-xs tabular-nums">
            {strings.time(at)}
          </time>
        )
      )}
    </button>
  );
}
