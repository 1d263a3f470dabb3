import { Folder, History } from 'lucide-react';
import { useEffect, useEffectEvent, useId, useState } from 'react';
import { useBough } from '../../../client/hooks/index.ts';
import type { ConversationView, SendInput } from '../../../client/types.ts';
import { later } from '../../components/index.ts';
import {
  folderFor,
  folderName,
  sentFolder,
  typeFolder,
  useFolders,
  workedIn,
} from '../../stores/browser/folders.ts';
import { hasAnswered, sentChoices } from '../../stores/writing/agent-choices.ts';
import { notifyOfAsking } from './notify-asking.ts';
import * as strings from './strings-later.ts';

const CopiesSwitch = later(async () => (await import('./copies-switch.tsx')).CopiesSwitch);
const SessionsDialog = later(async () => (await import('./sessions-dialog.tsx')).SessionsDialog);

/** Folders used before that are offered beside it. */
const OFFERED = 3;

export interface FolderFieldProps {
  readonly view: ConversationView | undefined;
  /** What is typed here is kept by. */
  readonly draft: string;
  /** The agent that answers next. */
  readonly agent: string;
  /** It was started, and what it can do is known. */
  readonly known: boolean;
  /** Asks again what is known of it. */
  readonly onStarted: () => void;
}

/** Where an agent works. Once one has answered it stays; until then it is typed, or one used before is chosen. */
export function FolderField({ view, draft, agent, known, onStarted }: FolderFieldProps) {
  const id = useId();
  const recent = useFolders((folders) => folders.recent);
  useFolders((folders) => folders.typed[draft]);
  const fixed = fixedFolder(view);
  const bough = useBough();
  useEffect(() => notifyOfAsking(bough), [bough]);
  const started = useEffectEvent(onStarted);
  const isNews = fixed !== undefined && !known;
  useEffect(() => {
    if (isNews) started();
  }, [isNews]);
  const isSent = useFolders(({ sent }) => sent.has(draft));
  useEffect(() => {
    if (isSent && fixed !== undefined) workedIn(draft, fixed);
  }, [isSent, fixed, draft]);
  const folder = fixed ?? folderFor(draft, view?.header?.folder);
  const [listing, setListing] = useState(false);
  const others = recent.filter((one) => one !== folder).slice(0, OFFERED);
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 pt-2 text-sm">
      <Folder aria-hidden size={15} className="shrink-0 text-muted" />
      {fixed !== undefined ? (
        <p className="min-w-0 truncate font-mono text-muted text-xs" dir="ltr" title={fixed}>
          <span className="sr-only">{strings.folderIs} </span>
          {fixed}
        </p>
      ) : (
        <>
          <label htmlFor={id} className="text-muted">
            {strings.folder}
          </label>
          <input
            id={id}
            dir="ltr"
            value={folder}
            placeholder={strings.folderExample}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={({ target }) => typeFolder(draft, target.value)}
            // In a form of one line Enter would send.
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
            className="h-8 min-w-40 flex-1 rounded-lg border border-line bg-paper px-2 font-mono text-xs"
          />
          {others.map((one) => (
            <button
              key={one}
              type="button"
              title={one}
              onClick={() => typeFolder(draft, one)}
              className="max-w-32 truncate rounded-lg border border-line px-2 py-1 text-muted text-xs hover:bg-hover"
            >
              {folderName(one)}
            </button>
          ))}
          {!view && folder.trim() !== '' && (
            <button
              type="button"
              aria-haspopup="dialog"
              onPointerEnter={SessionsDialog.load}
              onClick={() => setListing(true)}
              className="flex items-center gap-1 rounded-lg border border-line px-2 py-1 text-muted text-xs hover:bg-hover"
            >
              <History aria-hidden size={13} /> {strings.continueSession}
            </button>
          )}
          {listing && (
            <SessionsDialog agent={agent} folder={folder.trim()} onClose={() => setListing(false)} />
          )}
        </>
      )}
      {view && fixed !== undefined && (
        <CopiesSwitch conversation={view.id} folder={fixed} copies={view.header?.copies} />
      )}
    </div>
  );
}

function fixedFolder(view: ConversationView | undefined): string | undefined {
  for (const { folder } of view?.tree.messages.values() ?? []) if (folder !== undefined) return folder;
  return undefined;
}

/** Where and how an agent is asked as something is sent: the folder in the field (null: none is), and what was chosen before it ever answered here. */
export function sentPlace(
  view: ConversationView | undefined,
  draft: string,
  conversation: string,
  agent: string,
): Pick<SendInput, 'folder' | 'choices'> {
  const folder = folderFor(draft, view?.header?.folder).trim();
  sentFolder(conversation, folder);
  const choices = hasAnswered(view, agent) ? [] : sentChoices(draft, conversation, agent);
  return { folder: folder === '' ? null : folder, ...(choices.length > 0 && { choices }) };
}
