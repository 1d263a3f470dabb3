import { act, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '../../protocol/index.ts';
import { FakeServer, problem } from '../testing/fake-server.ts';
import { conversation, patch } from '../testing/script.ts';
import { useActions, useConversations, useModels } from './index.ts';
import { during, pass, type TestPage, testPage } from './testing/page.tsx';

let server: FakeServer;
let page: TestPage;
let actions: ReturnType<typeof useActions>;
let shown: readonly Conversation[] = [];

function List() {
  const { status, error, list, retry } = useConversations();
  actions = useActions();
  shown = list;
  const marks = list.map(({ title, archived }) => title.text + (archived ? '*' : ''));
  return (
    <button type="button" onClick={retry}>
      {[status, error, ...marks].filter(Boolean).join(' ')}
    </button>
  );
}

const said = () => screen.getByRole('button').textContent;
const shows = (text: string) => waitFor(() => expect(said()).toBe(text));

beforeEach(() => {
  server = new FakeServer();
  page = testPage(server);
  conversation(server, 'conversation-1', 'One', 1);
  conversation(server, 'conversation-2', 'Two', 2);
});
afterEach(() => page.bough.dispose());

describe('the list', () => {
  it('shows what is not deleted, newest first, and follows what others do', async () => {
    patch(server, 'conversation-3', { created: 3, active: 3, deleted: true }, 3);
    page.show(<List />);
    await shows('ready Two One');
    await waitFor(() => expect(server.liveConnections).toBe(1));
    const [two] = shown;
    patch(server, 'conversation-1', { active: 9, archived: true }, 9);
    await shows('ready One* Two');
    expect(shown[1]).toBe(two);
    expect(server.count('GET')).toBe(1);
  });

  it('shows a rename at once and takes it back when it fails, with the sentence', async () => {
    page.show(<List />);
    await shows('ready Two One');
    server.before = () => new Promise((resolve) => setTimeout(resolve, 60));
    server.commands.set('rename', () => problem(503, 'engine-unavailable', 'The store does not answer.'));
    let refusal = '';
    act(() => {
      actions.rename('conversation-2', ' Deux ').catch((error: Error) => {
        refusal = error.message;
      });
    });
    await shows('ready Deux One');
    await shows('ready Two One');
    expect(refusal).toBe('The store does not answer.');
  });

  it('keeps an own change until the stream has it, whatever the clocks say', async () => {
    page.show(<List />);
    await shows('ready Two One');
    await waitFor(() => expect(server.liveConnections).toBe(1));
    await during(() => actions.remove('conversation-2'));
    await shows('ready One');
    patch(server, 'conversation-1', { active: 5 }, 5);
    await pass(20);
    expect(said()).toBe('ready One');
    patch(server, 'conversation-2', { deleted: true }, 6);
    await pass(20);
    patch(server, 'conversation-2', { deleted: false }, 7);
    await shows('ready One Two');
  });

  it('shows many as they will be at once, and takes back those that were refused', async () => {
    page.show(<List />);
    await shows('ready Two One');
    const why = { code: 'gone', sentence: 'This conversation was deleted. Restore it first.' };
    server.before = () => new Promise((resolve) => setTimeout(resolve, 60));
    server.commands.set('arrange', () =>
      Response.json({ refused: [{ conversation: 'conversation-2', ...why }] }),
    );
    let answer: unknown;
    act(() => {
      const conversations = ['conversation-1', 'conversation-2'];
      void actions.arrange({ conversations, archived: true }).then((told) => {
        answer = told;
      });
    });
    await shows('ready Two* One*');
    await shows('ready Two One*');
    expect(answer).toEqual({ refused: [{ conversation: 'conversation-2', ...why }] });
  });

  it('undoes, archives and restores', async () => {
    page.show(<List />);
    await shows('ready Two One');
    await during(() => actions.archive('conversation-1'));
    await shows('ready Two One*');
    await during(() => actions.remove('conversation-1'));
    await during(() => actions.undoRemove('conversation-1'));
    await during(() => actions.restore('conversation-1'));
    await shows('ready Two One');
    expect(server.requests.filter((request) => request.startsWith('POST /api/commands'))).toEqual([
      'POST /api/commands/archive',
      'POST /api/commands/delete',
      'POST /api/commands/undelete',
      'POST /api/commands/restore',
    ]);
  });

  it('says why it could not be read, and tries again', async () => {
    server.before = (request) => {
      if (request.startsWith('GET')) throw new TypeError('fetch failed');
    };
    page.show(<List />);
    await waitFor(() => expect(said()).toMatch(/^error Bough could not be reached/));
    server.before = () => {};
    screen.getByRole('button').click();
    await shows('ready Two One');
  });
});

it('the models are read when they are needed, and again when asked', async () => {
  const demo = {
    ref: { source: 'demo', id: 'demo' },
    name: 'Demo',
    sourceName: 'Demo',
    demo: true,
    kind: 'chat',
  };
  let names = ['Demo'];
  server.models = () => ({
    models: names.map((name) => ({ ...demo, name })),
    default: demo.ref,
    sources: [],
    problems: [],
  });
  function Models() {
    const { status, models, default: first, refresh } = useModels();
    return (
      <button type="button" onClick={refresh}>
        {[status, ...models.map(({ name }) => name), first?.id].join(' ')}
      </button>
    );
  }
  page.show(<Models />);
  await shows('ready Demo demo');
  names = ['Demo', 'Large'];
  screen.getByRole('button').click();
  await shows('ready Demo Large demo');
});
