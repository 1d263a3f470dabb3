import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { IconButton } from '../../components/index.ts';
import { useErrand } from '../../stores/errands.ts';
import * as strings from './strings.ts';
import type { Attach } from './use-attach.ts';

interface AttachButtonProps {
  readonly onFiles: Attach['take'];
  readonly onFolder?: Attach['takeFolder'];
}

/** Opens the system's choice of files, or of a folder where that was asked for. */
export function AttachButton({ onFiles, onFolder }: AttachButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const choose = (what: string) => {
    const element = input.current;
    if (!element) return;
    element.webkitdirectory = what === 'folder';
    element.click();
  };
  useErrand('attach', choose);
  return (
    <>
      <IconButton
        label={strings.attach}
        tip={strings.attachHow}
        icon={<Paperclip size={18} />}
        onClick={() => choose('files')}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          if (target.webkitdirectory) onFolder?.({ files });
          else onFiles(files);
          // The same file can be chosen again.
          target.value = '';
        }}
      />
    </>
  );
}
