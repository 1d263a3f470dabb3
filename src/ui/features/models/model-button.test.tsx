import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ConversationView, ModelsView, SettingsInput } from '../../../client/types.ts';
import type { Model, Source } from '../../../protocol/index.ts';
import { pickModel } from '../../actions/who-answers.ts';
import { useModelChoices } from '../../stores/browser/model-choice.ts';
import { closeModels } from '../../stores/models-dialog.ts';
import { ModelButton } from './model-button.tsx';

const settings = vi.fn(async (_: SettingsInput) => {});
const endpoints = vi.fn(async (_name: string, _input: object): Promise<object> => ({}));
vi.mock('../../../client/hooks/index.ts', () => ({ useActions: () => ({ settings }) }));
vi.mock('../../../client/hooks/use-endpoints.ts', () => ({ useEndpoints: () => endpoints }));

const model = (source: string, id: string, rest: Partial<Model> = {}): Model => ({
  ...{ ref: { source, id }, name: id, sourceName: source, kind: 'chat', demo: false },
  ...rest,
});
const source = (id: string, rest: Partial<Source> = {}): Source => ({
  ...{ id, name: id, kind: 'openai-compatible', found: 'environment', state: 'ready', hasKey: false },
  ...rest,
});
const demo = model('demo', 'Demo (not an AI)', { demo: true });
const demoSource = source('demo', { kind: 'demo', found: 'built-in' });
const models = [model('local', 'llama'), model('local', 'qwen'), demo];
const view = (rest: Partial<ModelsView> = {}): ModelsView => ({
  ...{ status: 'ready', models, default: models[0]?.ref as Model['ref'], problems: [] },
  ...{ sources: [source('local'), demoSource], refresh: () => {}, refreshing: false },
  ...rest,
});
const conversation = (header = {}) =>
  ({ id: 'conversation1', header, path: [] }) as unknown as ConversationView;

/** As the composer of a chat that does not exist yet has it. */
function Page({ list }: { readonly list: ModelsView }) {
  const last = useModelChoices((choices) => choices.last);
  return <ModelButton view={undefined} list={list} picked={pickModel(list, { last })} />;
}

beforeEach(() => {
  localStorage.clear();
  useModelChoices.setState({}, true);
  closeModels();
  vi.clearAllMocks();
});

/** Past those last used, where there is something to choose from. */
const openAll = async () => {
  await userEvent.click(screen.getByRole('button', { name: /^Model: / }));
  const first = await screen.findByRole('dialog');
  const all = within(first).queryByRole('button', { name: 'All models…' });
  if (all) await userEvent.click(all);
  return within(await screen.findByRole('dialog', { name: 'Models' }));
};

const open = async (list = view()) => {
  render(<Page list={list} />);
  return openAll();
};

test('says which model answers and who serves it', () => {
  render(<Page list={view()} />);
  expect(screen.getByRole('button', { name: 'Model: llama' })).toBeTruthy();
  expect(screen.getByText('on local')).toBeTruthy();
});

test('models stand by source, the current one checked', async () => {
  const dialog = await open();
  const local = within(dialog.getByRole('group', { name: 'local' }));
  expect(local.getAllByRole('radio')).toHaveLength(2);
  expect(local.getByRole<HTMLInputElement>('radio', { name: 'llama' }).checked).toBe(true);
  expect(document.activeElement).toBe(local.getByRole('radio', { name: 'llama' }));
});

test('a press chooses and closes; in a new chat it is remembered here', async () => {
  const dialog = await open();
  await userEvent.click(dialog.getByRole('radio', { name: 'qwen' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.getByRole('button', { name: 'Model: qwen' })).toBeTruthy();
  expect(localStorage.getItem('bough:models')).toContain('qwen');
  expect(settings).not.toHaveBeenCalled();
});

test('in a conversation it is a setting of the conversation', async () => {
  render(
    <ModelButton view={conversation()} list={view()} picked={{ kind: 'model', model: models[0] as Model }} />,
  );
  await openAll();
  await userEvent.click(await screen.findByRole('radio', { name: 'qwen' }));
  const ref = { source: 'local', id: 'qwen' };
  expect(settings).toHaveBeenCalledWith({ conversation: 'conversation1', model: ref });
});

test('Enter chooses and closes; what arrows chose counts when it is closed', async () => {
  const dialog = await open();
  dialog.getByRole('radio', { name: 'qwen' }).focus();
  await userEvent.keyboard('{Enter}');
  expect(screen.getByRole('button', { name: 'Model: qwen' })).toBeTruthy();
  await openAll();
  await userEvent.keyboard('{ArrowUp}');
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'llama' }).checked).toBe(true);
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.getByRole('button', { name: 'Model: llama' })).toBeTruthy();
});

test('a long list can be filtered, Enter takes the first', async () => {
  const many = Array.from({ length: 20 }, (_, n) => model('remote', `model-${n}`));
  const dialog = await open(
    view({ models: many, sources: [source('remote')], default: many[0]?.ref as Model['ref'] }),
  );
  const filter = dialog.getByRole('searchbox', { name: 'Filter models' });
  await userEvent.type(filter, '17');
  expect(dialog.getAllByRole('radio')).toHaveLength(1);
  await userEvent.type(filter, '{Enter}');
  expect(screen.getByRole('button', { name: 'Model: model-17' })).toBeTruthy();
});

test('what is not for chats is hidden behind "All"', async () => {
  const dialog = await open(view({ models: [...models, model('local', 'embed', { kind: 'embedding' })] }));
  expect(dialog.queryByRole('radio', { name: /embed/ })).toBeNull();
  await userEvent.click(dialog.getByRole('checkbox', { name: /^All/ }));
  expect(dialog.getByRole('radio', { name: /embed/ })).toBeTruthy();
});

test('with only the demo it says how to connect a model', async () => {
  const dialog = await open(view({ models: [demo], sources: [demoSource], default: demo.ref }));
  await userEvent.click(dialog.getByRole('button', { name: 'Start Ollama' }));
  expect(dialog.getByText('ollama pull llama3.2')).toBeTruthy();
  await userEvent.click(dialog.getByRole('button', { name: 'Add a key' }));
  expect(dialog.getByRole('form', { name: 'Add an endpoint' })).toBeTruthy();
});

test('a source that does not answer says so in its own words', async () => {
  const sentence = '127.0.0.1:9 does not answer. Is it running?';
  const sources = [source('local', { state: 'failed', sentence }), demoSource];
  const dialog = await open(view({ models: [demo], sources, default: demo.ref }));
  expect(dialog.getByRole('group', { name: 'local' }).textContent).toContain(sentence);
});

const fill = async (dialog: Awaited<ReturnType<typeof open>>) => {
  await userEvent.click(dialog.getByRole('button', { name: 'Add an endpoint' }));
  await userEvent.type(dialog.getByRole('textbox', { name: 'Base URL' }), 'https://api.example.com/v1');
  await userEvent.type(dialog.getByLabelText('Key'), 'sk-1');
};

test('an endpoint is tested in place, then added, and the list asked for again', async () => {
  const refresh = vi.fn();
  const dialog = await open(view({ refresh }));
  await fill(dialog);
  const found = { ok: true, kind: 'openai', baseUrl: 'x', models: 4, names: ['a', 'b', 'c', 'd'] };
  endpoints.mockResolvedValueOnce(found);
  await userEvent.click(dialog.getByRole('button', { name: 'Test' }));
  expect(await dialog.findByText('It answers: 4 models (a, b, c, …).')).toBeTruthy();
  const given = { baseUrl: 'https://api.example.com/v1', key: 'sk-1' };
  expect(endpoints).toHaveBeenCalledWith('test', given);
  endpoints.mockResolvedValueOnce({ source: source('api.example.com') });
  await userEvent.click(dialog.getByRole('button', { name: 'Add' }));
  await waitFor(() => expect(refresh).toHaveBeenCalled());
  expect(endpoints).toHaveBeenLastCalledWith('add', { ...given, id: expect.any(String) });
  expect(document.activeElement).toBe(dialog.getByRole('button', { name: 'Add an endpoint' }));
});

test('a header for the key and names of models go along, and are there again to be changed', async () => {
  const dialog = await open();
  await fill(dialog);
  await userEvent.type(dialog.getByRole('textbox', { name: 'Header (optional)' }), 'api-key');
  await userEvent.type(dialog.getByRole('textbox', { name: 'Models (optional)' }), 'gpt, my-model,, gpt');
  const kept = source('mine', { endpoint: 'e', keyHeader: 'api-key', models: ['gpt', 'my-model'] });
  endpoints.mockResolvedValueOnce({ source: kept });
  await userEvent.click(dialog.getByRole('button', { name: 'Add' }));
  const more = { keyHeader: 'api-key', models: ['gpt', 'my-model'] };
  expect(endpoints).toHaveBeenLastCalledWith('add', expect.objectContaining(more));
});

test('what is emptied in an endpoint is taken away', async () => {
  const baseUrl = 'https://mine.example';
  const kept = source('mine', {
    endpoint: 'e',
    baseUrl,
    found: 'person',
    keyHeader: 'api-key',
    models: ['gpt'],
  });
  const dialog = await open(view({ sources: [kept, demoSource] }));
  await userEvent.click(dialog.getByRole('button', { name: 'Change mine' }));
  await userEvent.clear(dialog.getByDisplayValue('api-key'));
  await userEvent.clear(dialog.getByDisplayValue('gpt'));
  endpoints.mockResolvedValueOnce({ source: kept });
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(endpoints).toHaveBeenLastCalledWith(
    'change',
    expect.objectContaining({ keyHeader: null, models: [] }),
  );
});

test('what a test found wrong is said, and nothing typed is lost', async () => {
  const dialog = await open();
  await fill(dialog);
  endpoints.mockResolvedValueOnce({ ok: false, code: 'key', sentence: 'It did not accept the key.' });
  await userEvent.click(dialog.getByRole('button', { name: 'Test' }));
  expect((await dialog.findByRole('alert')).textContent).toBe('It did not accept the key.');
  expect(dialog.getByLabelText<HTMLInputElement>('Key').value).toBe('sk-1');
  await userEvent.keyboard('{Escape}');
  expect(dialog.queryByRole('form')).toBeNull();
  expect(screen.getByRole('dialog', { name: 'Models' })).toBeTruthy();
});

test('an endpoint of a person is changed in its place, and removed after a question', async () => {
  const mine = source('mine', {
    found: 'person',
    endpoint: 'endpoint-1',
    hasKey: true,
    baseUrl: 'https://mine.example/v1',
  });
  const dialog = await open(view({ sources: [source('local'), mine, demoSource] }));
  await userEvent.click(dialog.getByRole('button', { name: 'Change mine' }));
  endpoints.mockResolvedValueOnce({ source: mine });
  await userEvent.click(dialog.getByRole('checkbox', { name: 'Forget the key' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(endpoints).toHaveBeenCalledWith('change', expect.objectContaining({ id: 'endpoint-1', key: null }));
  await userEvent.click(await dialog.findByRole('button', { name: 'Remove mine' }));
  expect(document.activeElement).toBe(dialog.getByRole('button', { name: 'Keep' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Remove' }));
  expect(endpoints).toHaveBeenLastCalledWith('remove', { id: 'endpoint-1' });
});

test('a temperature is chosen for the conversation, and Model default again', async () => {
  const picked = { kind: 'model' as const, model: models[0] as Model };
  const { rerender } = render(<ModelButton view={conversation()} list={view()} picked={picked} />);
  await openAll();
  const slider = await screen.findByRole<HTMLInputElement>('slider', { name: 'Temperature' });
  expect(slider.getAttribute('aria-valuetext')).toBe('Model default');
  fireEvent.change(slider, { target: { value: '0.3' } });
  await waitFor(() =>
    expect(settings).toHaveBeenCalledWith({ conversation: 'conversation1', temperature: 0.3 }),
  );
  rerender(<ModelButton view={conversation({ temperature: 0.3 })} list={view()} picked={picked} />);
  await userEvent.click(screen.getByRole('button', { name: 'Model default' }));
  await waitFor(() =>
    expect(settings).toHaveBeenLastCalledWith({ conversation: 'conversation1', temperature: null }),
  );
});

test('the button offers those last used; a few letters find any other, Enter chooses it', async () => {
  const many = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'].map((id) => model('local', id));
  useModelChoices.setState({ recent: [{ source: 'local', id: 'six' }] }, true);
  render(<Page list={view({ models: many, default: many[0]?.ref as Model['ref'] })} />);
  const button = screen.getByRole('button', { name: 'Model: one' });
  await userEvent.click(button);
  const box = await screen.findByRole('combobox', { name: 'Find a model' });
  expect(document.activeElement).toBe(box);
  const names = () => screen.getAllByRole('option').map(({ textContent }) => textContent);
  expect(names()).toEqual(['onelocal', 'sixlocal', 'twolocal', 'threelocal', 'fourlocal']);
  await userEvent.type(box, 'sev{Enter}');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.getByRole('button', { name: 'Model: seven' })).toBe(document.activeElement);
  expect(useModelChoices.getState().recent?.map(({ id }) => id)).toEqual(['seven', 'six']);
  await userEvent.click(screen.getByRole('button', { name: 'Model: seven' }));
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
});
