import { Check, Copy } from 'lucide-react';
import { useCopied } from './use-copied.ts';

export function CopyCode({ code }: { readonly code: string }) {
  const { copied, copy } = useCopied();
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      className="md-copy"
      aria-label={copied ? 'Copied' : 'Copy code'}
      onClick={() => copy(code)}
    >
      <Icon aria-hidden size={14} />
      <span aria-hidden>{copied ? 'Copied' : 'Copy'}</span>
    </button>
  );
}
