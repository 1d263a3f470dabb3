import { useMemo } from 'react';
import { type Sum, sumOf, totalled } from '../../../client/folds/token-sums.ts';
import type { ConversationView } from '../../../client/types.ts';
import type { Model } from '../../../protocol/index.ts';
import { numberText } from '../../components/amount-text.ts';
import { costText } from '../models/later.ts';
import * as strings from './strings.ts';

/** What the replies of this branch and of the whole conversation took, with what was pruned: that was paid for, too. */
export function Sums({
  view,
  models,
}: {
  readonly view: ConversationView;
  readonly models: readonly Model[];
}) {
  const { tree, path } = view;
  const branch = useMemo(
    () =>
      sumOf(
        path.flatMap(({ key }) => tree.messages.get(key) ?? []),
        models,
      ),
    [tree, path, models],
  );
  const all = useMemo(() => sumOf(totalled(tree), models), [tree, models]);
  if (all.replies === 0) return null;
  return (
    <table className="w-full text-left tabular-nums">
      <caption className="pb-1 text-left font-medium">{strings.usedSoFar}</caption>
      <thead className="text-muted text-xs">
        <tr className="border-line border-b">
          <td />
          <Head>{strings.replies}</Head>
          <Head>{strings.tokensIn}</Head>
          <Head>{strings.tokensOut}</Head>
          <Head>{strings.cost}</Head>
        </tr>
      </thead>
      <tbody>
        <Row name={strings.thisBranch} sum={branch} />
        <Row name={strings.wholeConversation} sum={all} />
      </tbody>
    </table>
  );
}

function Head({ children }: { readonly children: string }) {
  return (
    <th scope="col" className="py-1 pl-2 text-right font-normal">
      {children}
    </th>
  );
}

function Row({ name, sum }: { readonly name: string; readonly sum: Sum }) {
  const isCounted = sum.input + sum.output > 0;
  const tokens = (count: number) => (isCounted || sum.replies === 0 ? numberText(count) : strings.notKnown);
  return (
    <tr className="border-line border-b last:border-0">
      <th scope="row" className="py-1.5 font-normal">
        {name}
      </th>
      {[numberText(sum.replies), tokens(sum.input), tokens(sum.output), costOfSum(sum)].map(
        (text, column) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the columns stay
          <td key={column} className="py-1.5 pl-2 text-right">
            {text}
          </td>
        ),
      )}
    </tr>
  );
}

/** "$0.12", "not known", "at least $0.12": a price is known of some models alone. */
export function costOfSum({ cost, unpriced }: Sum): string {
  if (unpriced > 0 && cost < 0.0001) return strings.notKnown;
  return unpriced > 0 ? strings.atLeastCost(costText(cost)) : costText(cost);
}
