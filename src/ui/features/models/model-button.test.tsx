import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import type { ModelsView } from '../../../client/types.ts';
import type { Model } from '../../../protocol/index.ts';
import { chosenFor, useModelChoices } from '../../stores/model-choice.ts';
import { ModelButton } from './model-button.tsx';
import { pickModel } from './pick-model.ts';

const model = (source: string, id: string, demo = false): Model => ({
  ref: { source, id },
  name: id,
  sourceName: source,
  kind: 'chat',
  demo,
});
const demo = model('demo', 'Demo (not an AI)', true);
const models = [model('local', 'llama'), model('local', 'qwen'), demo];
const view = (rest: Partial<ModelsView> = {}): ModelsView => ({
  status: 'ready',
  models,
  default: models[0]?.ref as Model['ref'],
  problems: [],
  sources: [],
  refresh: () => {},
  refreshing: false,
  ...rest,
});

/** As the composer has it: what is picked follows what was chosen. */
function Page({ list }: { readonly list: ModelsView }) {
  const choices = useModelChoices();
  const chosen = chosenFor(choices, 'conversation1');
  return (
    <ModelButton
      conversation="conversation1"
      list={list}
      picked={pickModel(list.models, list.default, { chosen })}
    />
  );
}

beforeEach(() => {
  localStorage.clear();
  useModelChoices.setState({ by: [] }, true);
});

const open = async (list = view()) => {
  render(<Page list={list} />);
  await userEvent.click(screen.getByRole('button', { name: /^Model: / }));
  return screen.findByRole('dialog', { name: 'Models' });
};

test('says which model answers and who serves it', () => {
  render(<Page list={view()} />);
  expect(screen.getByRole('button', { name: 'Model: llama' })).toBeTruthy();
  expect(screen.getByText('on local')).toBeTruthy();
});

test('models stand by source, the current one checked', async () => {
  const dialog = await open();
  const local = within(dialog).getByRole('group', { name: 'local' });
  expect(within(local).getAllByRole('radio')).toHaveLength(2);
  expect(within(local).getByRole<HTMLInputElement>('radio', { name: 'llama' }).checked).toBe(true);
  expect(document.activeElement).toBe(within(local).getByRole('radio', { name: 'llama' }));
});

test('a press chooses, closes, and is remembered for the conversation', async () => {
  const dialog = await open();
  await userEvent.click(within(dialog).getByRole('radio', { name: 'qwen' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.getByRole('button', { name: 'Model: qwen' })).toBeTruthy();
  expect(localStorage.getItem('bough:models')).toContain('conversation1');
});

test('Enter chooses and closes, Esc closes', async () => {
  const dialog = await open();
  within(dialog).getByRole('radio', { name: 'qwen' }).focus();
  await userEvent.keyboard('{Enter}');
  expect(screen.getByRole('button', { name: 'Model: qwen' })).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Model: qwen' }));
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a long list can be filtered, Enter takes the first', async () => {
  const many = Array.from({ length: 20 }, (_, n) => model('remote', `model-${n}`));
  const dialog = await open(view({ models: many, default: many[0]?.ref as Model['ref'] }));
  const filter = within(dialog).getByRole('searchbox', { name: 'Filter models' });
  await userEvent.type(filter, '17');
  expect(within(dialog).getAllByRole('radio')).toHaveLength(1);
  await userEvent.type(filter, '{Enter}');
  expect(screen.getByRole('button', { name: 'Model: model-17' })).toBeTruthy();
});

test('with only the demo it says how to connect a model', async () => {
  const dialog = await open(view({ models: [demo], default: demo.ref }));
  expect(within(dialog).getByText('Connect a real model')).toBeTruthy();
});

test('a source that does not answer says so in its own words', async () => {
  const problems = [{ source: 'local', sentence: '127.0.0.1:9 does not answer. Is it running?' }];
  const dialog = await open(view({ models: [demo], default: demo.ref, problems }));
  expect(within(dialog).getByText(/does not answer/)).toBeTruthy();
  expect(within(dialog).queryByText('Connect a real model')).toBeNull();
});
