import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { IconButton } from '../../components/index.ts';
import { useErrand } from '../../stores/errands.ts';

/** Opens the system's choice of files. */
export function AttachButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const choose = () => input.current?.click();
  useErrand('attach', choose);
  return (
    <>
      <IconButton
        label="Attach files"
        tip="Attach files: images and text. You can paste and drop them too."
        icon={<Paperclip size={18} />}
        onClick={choose}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file can be chosen again.
          target.value = '';
        }}
      />
    </>
  );
}
