import { useReply } from '../../../../client/hooks/index.ts';
import { textOf } from '../../../../protocol/index.ts';
import type { Generation } from '../../../../tree/index.ts';
import { useExplorer } from './explorer-context.ts';

const TAIL = 60;

/** The last words of a reply being written. Only this line renders when words come. */
export function LiveLine({ generation }: { readonly generation: Generation }) {
  const { conversation } = useExplorer();
  const { parts } = useReply(conversation, generation);
  const text = textOf(parts)
    .slice(-2 * TAIL)
    .replace(/\s+/g, ' ');
  return <>{text ? `… ${text.slice(-TAIL)}▌` : 'Thinking…'}</>;
}
