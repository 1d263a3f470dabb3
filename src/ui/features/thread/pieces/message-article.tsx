import { type KeyboardEvent, type ReactNode, useMemo } from 'react';
import { cx } from '../../../components/index.ts';
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

function useMessageKeys(row: Row) {
  const { focusBeside, focusFork, jumpToVersion } = useThread();
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || hasModifier(event)) return;
    const act = actionOf(event.key) ?? press(event.currentTarget, event.key);
    if (!act) return;
    event.preventDefault();
    act();
  };

  function actionOf(key: string): (() => void) | undefined {
    if (key === 'ArrowUp') return () => focusBeside(row, -1);
    if (key === 'ArrowDown') return () => focusBeside(row, 1);
    if (key === '[' || key === ']') return () => focusFork(row, key === '[' ? -1 : 1);
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
    const version = versionBeside(row, key === 'ArrowLeft' ? -1 : 1);
    return version === undefined ? undefined : () => jumpToVersion(version, 'article');
  }
}

const BUTTONS: Readonly<Record<string, string>> = { e: 'edit', r: 'regenerate' };

/** The letter of a button presses it: what has no button now has no key either. */
function press(article: HTMLElement, key: string): (() => void) | undefined {
  const act = BUTTONS[key.toLowerCase()];
  const button = act && article.querySelector<HTMLElement>(`[data-act="${act}"]`);
  return button ? () => button.click() : undefined;
}

/** Brackets are typed with AltGr on many keyboards: that is no modifier of theirs. */
function hasModifier({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  if (key === '[' || key === ']') return metaKey || (ctrlKey && !altKey);
  return altKey || ctrlKey || metaKey || shiftKey;
}
