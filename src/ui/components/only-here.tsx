import { TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { announce } from '../stores/announce.ts';
import { toast, toastFailure } from '../stores/toasts.ts';
import { Button } from './button.tsx';
import { copyText } from './copy-text.ts';
import * as strings from './strings-later.ts';

/** Says of something written that this browser has no room for it, and what can be done. */
export function OnlyHere({ text }: { readonly text: string }) {
  useEffect(() => announce(strings.onlyHere), []);
  const copy = () => copyText(text).then(() => toast(strings.copied), toastFailure);
  return (
    <div className="rising my-1.5 flex w-full items-center gap-3 rounded-xl bg-warn-soft py-1.5 pr-1.5 pl-4 text-left text-sm text-warn">
      <TriangleAlert aria-hidden size={15} className="shrink-0" />
      <span className="min-w-0 flex-1">{strings.onlyHere}</span>
      {text !== '' && <Button onClick={() => void copy()}>{strings.copyWritten}</Button>}
    </div>
  );
}
