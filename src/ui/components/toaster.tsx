import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { dismissToast, type Toast, useToasts } from '../stores/toasts.ts';
import { Button, IconButton } from './button.tsx';

/** The notices, newest last. Not a live region: `toast()` has them announced once. */
export function Toaster() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <section
      aria-label="Notices"
      data-print="hide"
      className="pointer-events-none fixed inset-x-3 top-14 z-30 sm:inset-x-auto sm:right-4"
    >
      <ol className="flex flex-col items-center gap-2 sm:items-end">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </ol>
    </section>
  );
}

/** Goes by itself, but not while it is pointed at or has the focus. */
function ToastCard({ toast }: { readonly toast: Toast }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismissToast(toast.id), toast.stays);
    return () => clearTimeout(timer);
  }, [held, toast]);
  const hold = () => setHeld(true);
  const release = () => setHeld(false);
  return (
    <li
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocus={hold}
      onBlur={release}
      className="rising pointer-events-auto flex max-w-full items-center gap-2 rounded-xl border border-line bg-surface py-1.5 pr-1.5 pl-4 text-sm shadow-raised sm:max-w-sm"
    >
      <p className="min-w-0 flex-1 break-words">{toast.text}</p>
      {toast.action && (
        <Button look="text" onClick={toast.action.run}>
          {toast.action.name}
        </Button>
      )}
      <IconButton size="sm" label="Dismiss" icon={<X size={16} />} onClick={() => dismissToast(toast.id)} />
    </li>
  );
}
