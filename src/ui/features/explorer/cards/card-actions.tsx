import { Ellipsis, GitBranch, Pencil, RefreshCw, Square } from 'lucide-react';
import { use } from 'react';
import { cx, IconButton } from '../../../components/index.ts';
import { openMenuAt } from '../../../stores/tools.ts';
import type { TurnView } from '../scene/diagram-model.ts';
import { CardActsContext } from './card-acts.ts';

/** What can be done with a turn from its card: on hover, and with touch on the card the reader is at. Each says what it makes. */
export function CardActions({ view }: { readonly view: TurnView }) {
  const acts = use(CardActsContext);
  if (!acts) return null;
  const { id, shown } = view;
  const asked = view.prompt !== '';
  const stays = view.ways > 0 ? '; what follows stays with this one' : '';
  return (
    <div
      className={cx(
        // Below the card: on it they would cover the chips.
        '-mt-1.5 absolute top-full right-2 hidden rounded-lg border border-line bg-surface shadow-raised group-hover/card:flex',
        view.here && 'coarse:flex',
      )}
    >
      {asked && (
        <IconButton
          size="sm"
          tabIndex={-1}
          className="nopan"
          label="Edit"
          tip={`Edit: makes version ${(view.version?.of ?? 1) + 1}${stays}`}
          icon={<Pencil size={15} />}
          onClick={() => acts.edit(id, shown)}
        />
      )}
      {asked && (
        <IconButton
          size="sm"
          tabIndex={-1}
          className="nopan"
          label="Regenerate"
          tip={`Regenerate: makes reply ${view.chips.length + 1}${stays}`}
          icon={<RefreshCw size={15} />}
          onClick={() => acts.regenerate(id, shown)}
        />
      )}
      {view.writing && (
        <IconButton
          size="sm"
          tabIndex={-1}
          className="nopan"
          label="Stop"
          tip="Stop: what is written stays"
          icon={<Square size={14} fill="currentColor" />}
          onClick={() => view.writing && acts.stop(view.writing.id)}
        />
      )}
      {shown !== null && !view.writing && (
        <IconButton
          size="sm"
          tabIndex={-1}
          className="nopan"
          label="Fork from here"
          tip="Fork from here: your next message goes on after this reply"
          icon={<GitBranch size={15} />}
          onClick={() => acts.fork(shown, view.reply)}
        />
      )}
      <IconButton
        size="sm"
        tabIndex={-1}
        className="nopan"
        label="More"
        aria-haspopup="menu"
        icon={<Ellipsis size={15} />}
        onClick={(event) => openMenuAt(event.currentTarget, [id])}
      />
    </div>
  );
}
