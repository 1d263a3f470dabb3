import { ChevronLeft, ChevronRight } from 'lucide-react';
import { use } from 'react';
import { IconButton } from '../../../components/index.ts';
import { openDialog } from '../../../stores/dialogs.ts';
import { ArticleContext } from '../rows/article-context.ts';
import { type Row, versionBeside } from '../rows/rows.ts';
import { useThread } from '../rows/thread-context.ts';
import * as strings from '../strings.ts';
import { VersionMenu } from './version-menu.tsx';

/** The versions of a message and which one this is; nothing where there is one. */
export function Versions({ row }: { readonly row: Row }) {
  const { jumpToVersion } = useThread();
  const { tabbable } = use(ArticleContext);
  const { versions, hidden } = row;
  if (versions.length < 2) return hidden > 0 ? <Hidden count={hidden} /> : null;
  const button = (step: -1 | 1) => {
    const version = versionBeside(row, step);
    const place = step === -1 ? 'previous' : 'next';
    return (
      <IconButton
        size="sm"
        label={step === -1 ? strings.previousVersion : strings.nextVersion}
        icon={step === -1 ? <ChevronLeft size={16} /> : <ChevronRight size={16} />}
        data-place={place}
        tabIndex={tabbable ? 0 : -1}
        aria-disabled={version === undefined}
        className="aria-disabled:opacity-40"
        onClick={() => version !== undefined && jumpToVersion(version, place)}
      />
    );
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      role="group"
      aria-label={strings.versions}
      data-keep
      className="flex shrink-0 items-center whitespace-nowrap text-muted text-sm"
    >
      {button(-1)}
      <VersionMenu row={row} />
      {button(1)}
      {hidden > 0 && <Hidden count={hidden} />}
    </div>
  );
}

/** What was hidden in this place: listed elsewhere, and never gone. */
export function Hidden({ count }: { readonly count: number }) {
  return (
    <button
      type="button"
      data-tip={strings.showHidden}
      onClick={() => openDialog({ kind: 'pruned' })}
      className="min-h-7 rounded-lg px-1.5 text-muted text-sm hover:bg-hover"
    >
      {strings.hidden(count)}
    </button>
  );
}
