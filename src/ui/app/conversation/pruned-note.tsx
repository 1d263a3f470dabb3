import { EyeOff } from 'lucide-react';
import { useActions } from '../../../client/hooks/index.ts';
import type { ConversationView } from '../../../client/types.ts';
import { markOf } from '../../../tree/index.ts';
import { Button } from '../../components/index.ts';
import { toastFailure } from '../../stores/toasts.ts';

/** Said while one reads what was pruned, by a link, a search hit, or because others pruned it: it is not taken away, only hidden elsewhere. */
export function PrunedNote({ view: { id, tree, path } }: { readonly view: ConversationView }) {
  const { mark } = useActions();
  const heads = path.map(({ key }) => key).filter((key) => markOf(tree, key).pruned);
  if (heads.length === 0) return null;
  const restore = () =>
    mark(
      id,
      heads.map((message) => ({ message, pruned: false })),
    ).catch(toastFailure);
  return (
    <div
      role="status"
      data-print="hide"
      className="mx-auto mb-1 flex w-[calc(100%-1.5rem)] max-w-prose items-center gap-3 rounded-xl bg-sunken py-1 pr-1.5 pl-4"
    >
      <EyeOff size={16} aria-hidden className="shrink-0 text-muted" />
      <p className="flex-1 text-muted text-sm">
        This branch is pruned: it leaves the tree when you go elsewhere.
      </p>
      <Button look="text" onClick={restore}>
        Restore
      </Button>
    </div>
  );
}
