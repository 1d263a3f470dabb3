import { expect, test } from 'vitest';
import {
  foldOffers,
  noOffers,
  type Offer,
  type OfferItem,
  optionsNow,
} from '../../protocol/streams/offers.ts';
import { LiveSession } from './live-session.ts';
import { OfferBook } from './offer-book.ts';
import { chooseIn } from './set-options.ts';

const select = (id: string, value: string, choices: readonly string[]) => ({
  ...{ id, name: id, type: 'select', currentValue: value },
  options: choices.map((choice) => ({ value: choice, name: choice })),
});
const said = (model: string, levels: readonly string[], web: boolean) => [
  select('model', model, ['large', 'small']),
  select('thought', levels.at(-1) ?? '', levels),
  { id: 'web', name: 'web', type: 'boolean', currentValue: web },
];

test('a choice holds although the agent said, meanwhile, how it stood before', async () => {
  const items: OfferItem[] = [];
  const write = (offers: readonly Offer[]) => {
    for (const offer of offers) items.push({ v: 1, ...offer, at: items.length } as OfferItem);
  };
  const session = new LiveSession('session-1');
  session.offered.answered({ configOptions: said('large', ['low', 'high'], false) });
  session.book = new OfferBook('scripted', undefined, write);
  session.book.tell(session.offered);

  // A person chose both; what the agent makes of the first is told after the second was written.
  write([{ kind: 'value', agent: 'scripted', by: 'person', option: 'web', value: true }]);
  const set = async (_: LiveSession, option: string) =>
    session.offered.answered({ configOptions: said('small', ['low'], option === 'web') });
  await chooseIn({ set }, session, 'model', 'small');
  await chooseIn({ set }, session, 'web', true);

  const offer = foldOffers(noOffers, items).get('scripted');
  const now = Object.fromEntries((offer ? optionsNow(offer) : []).map(({ id, value }) => [id, value]));
  expect(now).toEqual({ model: 'small', thought: 'low', web: true });
});
