import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Finish } from '../../../../tree/index.ts';
import { navigate } from '../../../stores/route.ts';
import { Conversation, text } from '../../../testing/conversations.ts';
import { client } from '../../../testing/fake-client.ts';
import { railRows } from '../cards/rail.tsx';
import { Explorer } from './explorer.tsx';

/** Renders of cards, by id of the turn. */
const renders = vi.hoisted(() => new Map<string, number>());

vi.mock(
  '../../../../client/hooks/index.ts',
  async () => (await import('../../../testing/fake-client.ts')).hooks,
);
vi.mock('../cards/turn-card.tsx', async (original) => {
  const { TurnCard } = await original<typeof import('../cards/turn-card.tsx')>();
  const { memo, createElement } = await import('react');
  const Counted = (props: Parameters<typeof TurnCard>[0]) => {
    renders.set(props.id, (renders.get(props.id) ?? 0) + 1);
    return createElement(TurnCard, props);
  };
  return { TurnCard: memo(Counted) };
});

// Where nothing is laid out the browser has no numbers for a transition to go through: it makes NaN of them.
vi.mock('./motion.ts', () => ({ reducedMotion: () => true }));

const user = userEvent.setup();
const onSelect = vi.fn();

beforeEach(() => {
  for (const side of ['offsetWidth', 'clientWidth'] as const) {
    vi.spyOn(HTMLElement.prototype, side, 'get').mockReturnValue(1200);
  }
  for (const side of ['offsetHeight', 'clientHeight'] as const) {
    vi.spyOn(HTMLElement.prototype, side, 'get').mockReturnValue(900);
  }
  client.forget();
  onSelect.mockClear();
  renders.clear();
});

afterEach(() => vi.restoreAllMocks());

async function show({ view }: Conversation, selected: string | null = view.tip) {
  render(<Explorer view={view} selected={selected} onSelect={onSelect} show="both" />);
  await vi.waitFor(() => expect(document.querySelector('[data-card]')).toBeTruthy(), { timeout: 8_000 });
  await allCards();
}

/** A few come with each frame. */
async function allCards() {
  const count = () => document.querySelectorAll('[data-card]').length;
  for (let before = 0; count() > before; ) {
    before = count();
    await new Promise(requestAnimationFrame);
  }
}

const card = (id: string) => document.querySelector(`[data-card="${id}"]`);

test('a reply being written renders its own line and no card', async () => {
  await show(new Conversation().say('One').say('Answer').say('Two').reply('reply-1'));
  const before = [...renders];
  act(() => client.say('reply-1', text('The market opens')));
  act(() => client.say('reply-1', text('The market opens at six')));
  expect(card('message-3')?.textContent).toContain('opens at six');
  expect([...renders]).toEqual(before);
});

test('a card shows its turn, a chip per reply, and where the reader is', async () => {
  const forked = new Conversation()
    .say('Which city?')
    .say('Nara.', { role: 'assistant', aside: true, parent: 'message-1' })
    .say('Kyoto.');
  await show(forked, 'message-3');
  const shown = card('message-1');
  expect(shown?.textContent).toContain('Which city?');
  expect(shown?.textContent).toContain('Kyoto.');
  expect(shown?.textContent).toContain('Your next message goes here');
  await user.click(screen.getByRole('button', { name: 'Reply 1 of 2' }));
  expect(onSelect).toHaveBeenCalledExactlyOnceWith('message-2');
});

test('the card Back leads to says "You were here", and none does where there is no way back', async () => {
  const talk = new Conversation().say('One').say('Answer').say('Two').say('Reply');
  await show(talk);
  expect(screen.queryByText('You were here')).toBeNull();
  const from = { through: 'message-2', at: 'message-2' };
  act(() => navigate({ kind: 'conversation', id: 'conversation-1' }, { state: { from } }));
  cleanup();
  await show(talk);
  expect(card('message-1')?.textContent).toContain('You were here');
  expect(screen.getAllByText('You were here')).toHaveLength(1);
  cleanup();
  await show(talk, 'message-2');
  expect(screen.queryByText('You were here')).toBeNull();
  navigate({ kind: 'new' });
});

test('a lone reply has no chip, unless it is being written or failed', async () => {
  const lone = new Conversation().say('One').say('Answer').say('Two').reply('reply-1');
  await show(lone);
  const chips = (id: string) =>
    within(card(id) as HTMLElement)
      .queryAllByRole('button', { name: /^Reply/ })
      .map((chip) => chip.getAttribute('aria-label'));
  expect(chips('message-1')).toEqual([]);
  expect(chips('message-3')).toEqual(['Reply 1 of 1, being written']);
});

test('more replies than chips are all in a list, and one is gone to from there', async () => {
  const many = new Conversation().say('Which city?');
  for (let n = 2; n <= 9; n += 1)
    many.say(`City ${n}`, { role: 'assistant', aside: n < 9, parent: 'message-1' });
  await show(many, 'message-9');
  expect(screen.getByRole('button', { name: 'Reply 5 of 8' })).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'All 8 replies' }));
  const items = screen.getAllByRole('menuitemradio');
  expect(items.map(({ textContent }) => textContent)).toHaveLength(8);
  expect(items[7]?.getAttribute('aria-checked')).toBe('true');
  await user.click(items[6] as HTMLElement);
  expect(onSelect).toHaveBeenCalledExactlyOnceWith('message-8');
});

test('of hundreds of turns only the cards near the viewport are mounted', async () => {
  const long = new Conversation();
  for (let n = 0; n < 300; n += 1) long.say(`Words ${n}`);
  await show(long);
  await vi.waitFor(() => expect(card('message-299')).toBeTruthy());
  expect(document.querySelectorAll('.react-flow__node').length).toBeLessThan(30);
});

test('a zoom that goes no further is off and says why', async () => {
  await show(new Conversation().say('One').say('Two'));
  const button = screen.getByRole('button', { name: 'Zoom in' });
  for (let presses = 0; presses < 4 && !button.ariaDisabled; presses += 1) await user.click(button);
  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(button.dataset.tip).toBe('As near as it goes');
  expect(screen.getByRole('button', { name: 'Zoom out' }).getAttribute('aria-disabled')).toBeNull();
});

test('forks of the path are gone along in the bar, and what is being written is named in its list', async () => {
  const forked = new Conversation()
    .say('One')
    .say('Other', { role: 'assistant', aside: true, parent: 'message-1' })
    .say('Answer', { role: 'assistant', parent: 'message-1' })
    .say('Two')
    .say('Aside', { role: 'user', aside: true, parent: 'message-3' });
  await show(forked.reply('reply-1'));
  const steps = (name: string) => screen.getByRole('button', { name }).getAttribute('aria-disabled');
  expect(steps('Fork below')).toBe('true');
  expect(screen.getByRole('button', { name: 'Below fork 2 of 2' })).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Fork above' }));
  await user.click(screen.getByRole('button', { name: 'Fork above' }));
  expect(screen.getByRole('button', { name: 'Fork 1 of 2' })).toBeTruthy();
  expect(steps('Fork above')).toBe('true');
  await user.click(screen.getByRole('button', { name: 'Other branches' }));
  expect(screen.getAllByRole('menuitemradio').map(({ textContent }) => textContent)).toEqual([
    '1Other',
    '2Answer2 turns · live',
  ]);
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('button', { name: '1 live' }));
  expect(screen.getByRole('menuitem').textContent).toBe('Twoon your path');
});

test.each(['both', 'outline'] as const)(
  'what ends while the list of what is live is open stays in it and is gone to: %s',
  async (how) => {
    const asked = () => new Conversation().say('One').say('Answer').say('Two');
    const { view } = asked().reply('reply-1');
    const explorer = (now: Conversation['view']) => (
      <Explorer view={now} selected={view.tip} onSelect={onSelect} show={how} />
    );
    const { rerender } = render(explorer(view));
    await user.click(await screen.findByRole('button', { name: '1 live' }));
    expect(screen.getByRole('menuitem').textContent).toBe('Twoon your path');
    rerender(explorer(asked().say('Words', { id: 'reply-1', finish: { reason: 'complete', at: 9 } }).view));
    await vi.waitFor(() =>
      expect(screen.getByRole('menuitem').textContent).toBe('Twodone just nowon your path'),
    );
    rerender(explorer(asked().say('Words', { id: 'reply-1', finish: { reason: 'failed', at: 9 } }).view));
    await vi.waitFor(() => expect(screen.getByRole('menuitem').textContent).toContain('failed just now'));
    await user.click(screen.getByRole('menuitem'));
    if (how === 'outline') expect(onSelect).toHaveBeenCalledExactlyOnceWith('reply-1');
    expect(screen.queryByRole('menuitem')).toBeNull();
    const button = screen.queryByRole('button', { name: /^\d+ live$/ });
    if (how === 'outline') return expect(button).toBeNull();
    await user.click(button as HTMLElement);
    expect(screen.queryByRole('menuitem')).toBeNull();
  },
);

test('a card leads to the versions beside it', async () => {
  const forked = new Conversation()
    .say('Which city?')
    .say('Lisbon', { role: 'assistant' })
    .say('And by train?', { aside: true })
    .say('And by bus?', { parent: 'message-2' });
  await show(forked);
  const version = within(card('message-4') as HTMLElement);
  expect(version.getByText('2 / 2')).toBeTruthy();
  await user.click(version.getByRole('button', { name: 'Next version' }));
  expect(onSelect).not.toHaveBeenCalled();
  await user.click(version.getByRole('button', { name: 'Previous version' }));
  expect(onSelect.mock.calls[0]?.[0]).toBe('message-3');
});

test('a version, a label and "You were here" take two rows of a card, which leaves room for its reply', () => {
  const marks = { live: 0, here: false, back: true, version: { n: 1, of: 2, branch: false } };
  expect(railRows({ ...marks, badges: { label: 'With the child', star: true } })).toBe(2);
});

test.each([
  [[{ kind: 'tool', call: 'c', name: 'read_file', input: '{}' }], 'Called read_file'],
  [[{ kind: 'reasoning', text: 'Hm' }], 'A reply without words'],
] as const)('a card of a reply without words says what there is: %j', async (parts, words) => {
  await show(new Conversation().say('One').say(parts));
  expect(card('message-1')?.textContent).toContain(words);
});

test.each([
  [undefined, 'No reply was requested'],
  ['failed', 'The reply failed'],
  ['stopped', 'Stopped before the first word'],
  ['interrupted', 'Interrupted before the first word'],
] as const)('a card without a reply says why: %s', async (reason, words) => {
  const asked = new Conversation().say('One').say('Answer').say('Two');
  await show(reason ? asked.reply('reply-1', { reason, at: 9 } as Finish) : asked);
  expect(card('message-3')?.textContent).toContain(words);
});
