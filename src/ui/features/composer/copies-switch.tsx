import { Settings2 } from 'lucide-react';
import { useId } from 'react';
import { useActions } from '../../../client/hooks/index.ts';
import { useRepository } from '../../../client/hooks/use-folders.ts';
import { eachItsOwnCopy, whatCopiesTake } from '../../actions/strings/agents.ts';
import { IconButton } from '../../components/index.ts';
import { useChosen } from '../../components/use-chosen.ts';
import { folderName } from '../../stores/browser/folders.ts';
import { openDialog } from '../../stores/dialogs.ts';

interface CopiesSwitchProps {
  readonly conversation: string;
  readonly folder: string;
  /** Undefined: nobody was asked yet. */
  readonly copies: boolean | undefined;
}

/** Whether branches get files of their own, once agents have worked here; where they cannot it says why. */
export function CopiesSwitch({ conversation, folder, copies = false }: CopiesSwitchProps) {
  const { settings } = useActions();
  const [own, choose] = useChosen(copies, (copies) => settings({ conversation, copies }));
  const { data, error } = useRepository(folder);
  const id = useId();
  const why = error ?? data?.why;
  if (why !== undefined)
    return (
      <p className="text-muted text-xs wrap-anywhere" title={folder}>
        {why.replaceAll(folder, folderName(folder))}
      </p>
    );
  if (!data) return null;
  return (
    <span className="ml-auto flex items-center gap-1">
      <label htmlFor={id} className="flex min-h-8 items-center gap-2 text-muted text-xs">
        <input
          id={id}
          type="checkbox"
          checked={own}
          onChange={({ target }) => choose(target.checked)}
          className="size-4 accent-leaf"
        />
        {eachItsOwnCopy}
      </label>
      {own && (
        <IconButton
          size="sm"
          label={whatCopiesTake}
          icon={<Settings2 size={15} />}
          onClick={() => openDialog({ kind: 'along', folder })}
        />
      )}
    </span>
  );
}
