import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { IconButton } from '../../components/index.ts';
import { useErrand } from '../../stores/errands.ts';
import * as strings from './strings.ts';

/**
 * iPhones and iPads turn their pictures (HEIC) into JPEG for who asks for that and not for any picture. Elsewhere nothing is asked for:
 * the rest is text under any name, and choices of files hide what was not named.
 */
const ACCEPT = isAppleTouch()
  ? 'image/jpeg,image/png,image/gif,image/webp,text/*,application/json,application/xml,.md,.csv,.yaml,.toml,.log,.pdf,.docx,.xlsx,.pptx,.epub'
  : undefined;

function isAppleTouch(): boolean {
  return /iPhone|iPad|Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1;
}

/** Opens the system's choice of files. */
export function AttachButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const choose = () => input.current?.click();
  useErrand('attach', choose);
  return (
    <>
      <IconButton
        label={strings.attach}
        tip={strings.attachHow}
        icon={<Paperclip size={18} />}
        onClick={choose}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPT}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file can be chosen again.
          target.value = '';
        }}
      />
    </>
  );
}
