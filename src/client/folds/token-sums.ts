/** What replies used and cost, added up. Pure. */
import { costOf, type Model } from '../../protocol/index.ts';
import { countingIn, type MessageHeader, type Tree } from '../../tree/index.ts';

export interface Sum {
  readonly replies: number;
  /** Tokens, as far as the providers said. */
  readonly input: number;
  readonly output: number;
  /** US dollars, of the replies whose price is known. */
  readonly cost: number;
  /** Replies whose cost is not known. */
  readonly unpriced: number;
}

/** The replies whose tokens are in the sums of the conversation: with what was pruned, for that was paid for, too. */
export function totalled(tree: Tree): MessageHeader[] {
  const whole = tree.whole ?? tree;
  return [...whole.messages.values()].filter(({ id }) => countingIn(whole, id).totalled === 'yes');
}

/** Over the replies of models among `headers`; the demo's cost nothing and are left out. */
export function sumOf(headers: Iterable<MessageHeader>, models: readonly Model[]): Sum {
  let sum: Sum = { replies: 0, input: 0, output: 0, cost: 0, unpriced: 0 };
  for (const { author, usage } of headers) {
    if (author.kind !== 'model' || author.demo) continue;
    const { source, id } = author.model;
    const price = models.find(({ ref }) => ref.source === source && ref.id === id)?.price;
    const cost = costOf(usage, price);
    sum = {
      replies: sum.replies + 1,
      input: sum.input + (usage?.input ?? 0),
      output: sum.output + (usage?.output ?? 0),
      cost: sum.cost + (cost ?? 0),
      unpriced: sum.unpriced + (cost === undefined ? 1 : 0),
    };
  }
  return sum;
}
