import { Eye } from 'lucide-react';
import { Button } from '../../components/index.ts';
import { showSignIn } from '../../stores/sign-in.ts';
import * as strings from './strings-later.ts';

/** In place of the message box, for whoever may only read. */
export function ReadOnlyNote() {
  return (
    <p
      data-print="hide"
      className="mx-auto mb-3 flex w-[calc(100%-1.5rem)] max-w-prose flex-wrap items-center gap-x-3 gap-y-1 rounded-2xl border border-line bg-surface px-4 py-3 text-muted text-sm sm:mb-4"
    >
      <Eye size={18} className="shrink-0" />
      <span className="min-w-0 flex-1 basis-56">{strings.readOnly}</span>
      <Button look="text" onClick={showSignIn}>
        {strings.signInOtherwise}
      </Button>
    </p>
  );
}
