import { useEffect, useState } from 'react';
import { problemCodeOf } from '../../../client/folders.ts';
import { useConversations } from '../../../client/hooks/index.ts';
import { useFolderCommands } from '../../../client/hooks/use-folders.ts';
import type { ListedCopy } from '../../../protocol/requests/folders.ts';
import { Button, Dialog, Spinner } from '../../components/index.ts';
import { announce } from '../../stores/announce.ts';
import { closeDialog, openDialog } from '../../stores/dialogs.ts';
import * as strings from './strings-copies.ts';

interface CopiesDialogProps {
  /** Default: all there are. */
  readonly only?: readonly Pick<ListedCopy, 'conversation' | 'copy'>[] | undefined;
}

export function CopiesDialog({ only }: CopiesDialogProps) {
  return (
    <Dialog title={only ? strings.putAwayTitle(only.length) : strings.copies} onClose={closeDialog}>
      <div className="min-h-0 overflow-y-auto p-4">
        <CopiesPanel only={only} />
      </div>
    </Dialog>
  );
}

/** The copies of folders that branches have, with their sizes; each can be put away, and brought back. */
export function CopiesPanel({ only }: CopiesDialogProps) {
  const { copies, failure } = useCopies(only);
  const tops = [...new Set(copies?.flatMap(({ of }) => of ?? []))];
  return (
    <div className="flex flex-col gap-3 text-sm">
      {failure !== undefined && (
        <p role="alert" className="text-danger">
          {failure}
        </p>
      )}
      {!copies && failure === undefined && <Spinner label={strings.measuring} className="size-5" />}
      {copies && (
        <>
          <p className="text-muted">{copies.length === 0 ? strings.noCopies : strings.about(copies)}</p>
          {copies.length > 0 && (
            <ul aria-label={strings.copies} className="divide-y divide-line rounded-xl border border-line">
              {copies.map((copy) => (
                <CopyRow key={copy.path} copy={copy} />
              ))}
            </ul>
          )}
          {tops.map((top) => (
            <Button
              key={top}
              look="text"
              className="self-start text-left wrap-anywhere"
              onClick={() => openDialog({ kind: 'along', folder: top })}
            >
              {strings.alongOf(top)}
            </Button>
          ))}
        </>
      )}
    </div>
  );
}

function useCopies(only: CopiesDialogProps['only']) {
  const ask = useFolderCommands();
  const [copies, setCopies] = useState<readonly ListedCopy[]>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    let isGone = false;
    ask('copies', {}).then(
      (told) => !isGone && setCopies([...told.copies].sort((a, b) => b.size - a.size)),
      (error: Error) => !isGone && setFailure(error.message),
    );
    return () => {
      isGone = true;
    };
  }, [ask]);
  const wanted = (one: ListedCopy) =>
    only?.some(({ conversation, copy }) => conversation === one.conversation && copy === one.copy) ?? true;
  return { copies: copies?.filter(wanted), failure };
}

/** `would-lose`: some of it cannot be kept, and nobody has said yet that it may go. */
type RowState = 'here' | 'leaving' | 'away' | 'coming' | 'would-lose';

interface RowWay {
  readonly from: RowState;
  readonly by: RowState;
  readonly to: RowState;
  readonly says: (name: string) => string;
}

const LEAVES: RowWay = { from: 'here', by: 'leaving', to: 'away', says: strings.isAway };
const COMES: RowWay = { from: 'away', by: 'coming', to: 'here', says: strings.isBack };

function CopyRow({ copy: { conversation, copy, path, size, words, shown } }: { readonly copy: ListedCopy }) {
  const ask = useFolderCommands();
  const { list } = useConversations();
  const [state, setState] = useState<RowState>('here');
  const [problem, setProblem] = useState<string>();
  const title = list.find(({ id }) => id === conversation)?.title.text;
  const name = words ?? title ?? path;
  const run = async (way: RowWay, work: () => Promise<unknown>) => {
    setState(way.by);
    setProblem(undefined);
    try {
      await work();
      setState(way.to);
      announce(way.says(name));
    } catch (error) {
      setProblem((error as Error).message);
      setState(problemCodeOf(error) === 'would-lose' ? 'would-lose' : way.from);
    }
  };
  const anyway = state === 'would-lose';
  const isBusy = state === 'leaving' || state === 'coming';
  const isHere = state === 'here' || anyway;
  const putAway = () => run(LEAVES, () => ask('put-away', { conversation, copy, ...(anyway && { anyway }) }));
  const bringBack = () => run(COMES, () => ask('bring-back', { conversation, copy }));
  return (
    <li className="space-y-1 px-3 py-2">
      <div className="flex items-center gap-3">
        <span className="min-w-0 flex-1">
          <bdi className="block truncate font-medium">{name}</bdi>
          <span className="block text-muted text-xs">
            {strings.factsOf({
              title: words === undefined ? undefined : title,
              size,
              shown,
              conversation: title,
            })}
          </span>
        </span>
        {/* One button, whatever it says: it keeps the focus. */}
        <Button
          look={anyway ? 'danger' : 'plain'}
          aria-disabled={isBusy}
          aria-label={
            isBusy || anyway ? undefined : isHere ? strings.putAwayOf(name) : strings.bringBackOf(name)
          }
          onClick={isBusy ? undefined : () => void (isHere ? putAway() : bringBack())}
        >
          {isBusy && <Spinner className="size-3.5" />}
          {strings.copyDeed[state]}
        </Button>
      </div>
      <p className="text-muted text-xs wrap-anywhere" dir="ltr">
        {path}
      </p>
      {problem !== undefined && (
        <p role="alert" className="text-danger text-xs wrap-anywhere">
          {problem}
        </p>
      )}
    </li>
  );
}
