import { GitBranch } from 'lucide-react';
import type { ReactNode } from 'react';
import { childrenOf, hiddenUnder, type Tree } from '../../../../tree/index.ts';
import { MessageTextButton } from '../../../actions/message/message-button.tsx';
import { regenerate } from '../../../actions/message/regenerate.ts';
import { Button } from '../../../components/index.ts';
import { useOfPage } from '../../../stores/page.ts';
import { Hidden } from '../pieces/versions.tsx';
import type { Row } from '../rows/rows.ts';
import { type LeftBehind, sentenceFor } from '../rows/shortening.ts';
import { useThread } from '../rows/thread-context.ts';
import * as strings from '../strings.ts';

interface PathEndProps {
  /** The last row. */
  readonly row: Row;
  readonly left: LeftBehind | undefined;
  readonly tree: Tree;
}

/** What is said at the end of the path: what is elsewhere, with the way there, and that a message was saved without a reply. */
export function PathEnd({ row, left, tree }: PathEndProps) {
  const { jumpToVersion } = useThread();
  const hidden = childrenOf(tree, row.key).length > 0 ? 0 : hiddenUnder(tree, row.key).length;
  return (
    <>
      {hidden > 0 && (
        <p data-print="hide" className="mt-1 flex justify-center">
          <Hidden count={hidden} />
        </p>
      )}
      {row.role === 'user' && row.entry.kind === 'message' && <Unanswered row={row} />}
      {left && (
        <Note>
          <GitBranch aria-hidden size={15} className="shrink-0" />
          <span>{sentenceFor(left, tree)}</span>
          <Button look="text" onClick={() => jumpToVersion(left.version, 'article')}>
            {strings.view}
          </Button>
        </Note>
      )}
    </>
  );
}

function Unanswered({ row }: { readonly row: Row }) {
  const readOnly = useOfPage((page) => page?.readOnly ?? true);
  if (readOnly) return null;
  return (
    <Note>
      <span>{strings.noReplyYet}</span>
      <MessageTextButton action={regenerate} message={row.key} look="text" tabbable inThread>
        {strings.askForReply}
      </MessageTextButton>
    </Note>
  );
}

function Note({ children }: { readonly children: ReactNode }) {
  return (
    <p
      data-print="hide"
      className="rising mx-auto mt-4 flex w-fit max-w-full items-center gap-2 rounded-xl bg-sunken py-1 pr-1.5 pl-3 text-muted text-sm"
    >
      {children}
    </p>
  );
}
