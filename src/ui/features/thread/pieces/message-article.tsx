import { type KeyboardEvent, type ReactNode, useMemo } from 'react';
import { perform, possibleFor } from '../../../actions/action.ts';
import { actionOfKey } from '../../../actions/message/message-actions.ts';
import { onMessages } from '../../../actions/message/on-message.ts';
import { type MessageMove, messageMoveOf } from '../../../actions/shortcuts.ts';
import { cx } from '../../../components/index.ts';
import { currentPage } from '../../../stores/page.ts';
import { selectedWords } from '../list/selected-words.ts';
import { ArticleContext } from '../rows/article-context.ts';
import { type Row, versionBeside } from '../rows/rows.ts';
import { useThread } from '../rows/thread-context.ts';

interface MessageArticleProps {
  readonly row: Row;
  readonly tabbable: boolean;
  readonly last: boolean;
  readonly children: ReactNode;
}

/** One message as an article: its name, its place in the tab order, its keys. They act only while it has the focus itself. */
export function MessageArticle({ row, tabbable, last, children }: MessageArticleProps) {
  const onKeyDown = useMessageKeys(row);
  const context = useMemo(() => ({ tabbable, last }), [tabbable, last]);
  return (
    <article
      aria-label={row.label}
      data-role={row.role}
      tabIndex={tabbable ? 0 : -1}
      onKeyDown={onKeyDown}
      className={cx(
        'group/message flex scroll-my-4 flex-col rounded-xl outline-offset-8',
        row.role === 'user' ? 'items-end' : 'items-stretch',
      )}
    >
      <ArticleContext value={context}>{children}</ArticleContext>
    </article>
  );
}

/** Keys that move first, then those of what can be done with the message. */
function useMessageKeys(row: Row) {
  const { focusBeside, focusFork, jumpToVersion, draft } = useThread();
  const moves: Readonly<Record<MessageMove, () => void>> = {
    before: () => focusBeside(row, -1),
    after: () => focusBeside(row, 1),
    'previous-version': () => jumpBeside(-1),
    'next-version': () => jumpBeside(1),
    'fork-above': () => focusFork(row, -1),
    'fork-below': () => focusFork(row, 1),
  };
  const jumpBeside = (step: -1 | 1) => {
    const version = versionBeside(row, step);
    if (version !== undefined) jumpToVersion(version, 'article');
  };
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    const move = messageMoveOf(event.nativeEvent);
    if (!move && !act(row.key, draft, event.nativeEvent)) return;
    event.preventDefault();
    if (move) moves[move]();
  };
}

/** True if the key is that of an action that makes sense here. */
function act(message: string, draft: string | undefined, event: globalThis.KeyboardEvent): boolean {
  const action = actionOfKey(event);
  const page = currentPage();
  if (!action || !page) return false;
  const selected = selectedWords();
  const { words, before } = selected?.message === message ? selected : {};
  const on = onMessages(page, [message], { inThread: true, words, before, draft });
  if (possibleFor(action, on) === false) return false;
  void perform(action, on, message);
  return true;
}
