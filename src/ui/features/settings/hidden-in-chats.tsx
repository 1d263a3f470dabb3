import { useState } from 'react';
import { useHiddenBranches } from '../../../client/hooks/use-data.ts';
import type { HiddenBranches } from '../../../protocol/requests/data.ts';
import { dirOf } from '../../components/direction.ts';
import { Button, Link, Spinner } from '../../components/index.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { Subsection } from './choices.tsx';
import * as strings from './strings.ts';

/** Chats that are named before more are asked for. */
const FEW = 8;

/** How many branches are hidden in all chats, and in which; each leads to what is hidden there. */
export function HiddenInChats() {
  const { data, problem } = useHiddenBranches();
  return (
    <Subsection title={strings.hiddenBranches}>
      {problem !== undefined && (
        <p role="alert" className="text-danger text-sm">
          {problem}
        </p>
      )}
      {!data && problem === undefined && <Spinner label={strings.loading} />}
      {data && <Counted {...data} />}
    </Subsection>
  );
}

function Counted({ conversations, reading }: HiddenBranches) {
  const [all, setAll] = useState(false);
  const branches = conversations.reduce((sum, one) => sum + one.branches, 0);
  const shown = all ? conversations : conversations.slice(0, FEW);
  return (
    <>
      <p className="text-muted text-sm">
        {branches === 0 ? strings.noneHidden : strings.hiddenIn(branches, conversations.length)}
      </p>
      {reading && <p className="text-muted text-sm">{strings.counting(reading.done, reading.of)}</p>}
      {shown.length > 0 && (
        <ul
          aria-label={strings.hiddenBranches}
          className="mt-2 divide-y divide-line rounded-xl border border-line bg-surface"
        >
          {shown.map((one) => (
            <HiddenRow key={one.id} {...one} />
          ))}
        </ul>
      )}
      {shown.length < conversations.length && (
        <Button look="text" className="-ml-3 mt-1" onClick={() => setAll(true)}>
          {strings.showAll(conversations.length)}
        </Button>
      )}
    </>
  );
}

function HiddenRow({ id, title, branches, archived }: HiddenBranches['conversations'][number]) {
  const name = title || strings.untitled;
  return (
    <li>
      <Link
        to={{ kind: 'conversation', id }}
        // It opens there, once the conversation is read.
        onClick={() => openDialog({ kind: 'pruned' })}
        className="flex min-h-10 items-center gap-3 px-3 text-sm hover:bg-hover"
      >
        <span dir={dirOf(name)} className="min-w-0 flex-1 truncate">
          {name}
        </span>
        <span className="shrink-0 text-muted text-xs tabular-nums">
          {[strings.countOf(branches), archived && strings.inArchived].filter(Boolean).join(' · ')}
        </span>
      </Link>
    </li>
  );
}
