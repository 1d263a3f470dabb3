import { SquarePen } from 'lucide-react';
import { Button } from '../../components/index.ts';
import * as strings from './strings.ts';
import { useOpening } from './use-opening.ts';

interface OpenFileProps {
  readonly conversation: string;
  readonly message: string;
  readonly path: string;
}

/** The file as it is now in the branch's folder. */
export function OpenFile({ conversation, message, path }: OpenFileProps) {
  const open = useOpening({ conversation, message, path });
  return (
    <p className="mb-1 flex justify-end">
      <Button
        look="ghost"
        aria-label={strings.openFile(path)}
        icon={<SquarePen size={15} aria-hidden />}
        onClick={() => void open('editor')}
      >
        {strings.openInEditor}
      </Button>
    </p>
  );
}
