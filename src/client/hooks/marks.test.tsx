import { act, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outlineStream } from '../../protocol/index.ts';
import { childrenOf, hiddenBeside, markOf } from '../../tree/index.ts';
import { openedOf } from '../opened.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { conversation, said } from '../testing/script.ts';
import { during, type TestPage, testPage } from './testing/page.tsx';
import { id, now, pathIs, stands, Thread } from './testing/thread.tsx';

let server: FakeServer;
let page: TestPage;
let at = 10;

const marks = (message: string, fields: object) => {
  at += 1;
  server.append(outlineStream(id), { v: 1, kind: 'mark', mark: { id: message, at, ...fields } });
};
const message = (name: string, parent: string | null, time: number, branch = name) =>
  said(server, id, { id: name, parent, branch, time });
const first = 'message:question-1 message:answer-01 message:question-2';
const second = 'message:question-1 message:answer-02';

/** question-1 ─┬ answer-01 ── question-2, ─ answer-02 */
beforeEach(() => {
  server = new FakeServer();
  page = testPage(server);
  conversation(server, id);
  message('question-1', null, 1);
  message('answer-01', 'question-1', 2, 'question-1');
  message('question-2', 'answer-01', 3, 'question-1');
  message('answer-02', 'question-1', 4);
  server.commands.set('mark', ({ marks: asked }) => {
    for (const { message: one, ...fields } of asked as { message: string }[]) marks(one, fields);
    return {};
  });
});
afterEach(() => page.bough.dispose());

it('shows stars, labels and colours as they come', async () => {
  page.show(<Thread />);
  await stands('ready live');
  act(() => marks('answer-02', { star: true, label: 'Cheap', colour: 'green' }));
  await waitFor(() =>
    expect(now.view && markOf(now.view.tree, 'answer-02')).toMatchObject({ star: true, label: 'Cheap' }),
  );
});

describe('pruning', () => {
  it('hides a branch one is not on, and counts it apart', async () => {
    page.show(<Thread />);
    await pathIs(second);
    act(() => marks('answer-01', { pruned: true }));
    await pathIs(second);
    await waitFor(() => expect(now.view && childrenOf(now.view.tree, 'question-1')).toEqual(['answer-02']));
    await waitFor(() => expect(now.view && hiddenBeside(now.view.tree, 'answer-02')).toBe(1));
  });

  it('by somebody else leaves what one reads where it is, until one leaves it', async () => {
    const shown = page.show(<Thread selected="question-2" />);
    await pathIs(first);
    shown.rerender(page.around(<Thread />));
    act(() => marks('answer-01', { pruned: true }));
    await pathIs(first);
    await waitFor(() =>
      expect(now.view && childrenOf(now.view.tree, 'question-1')).toEqual(['answer-01', 'answer-02']),
    );
    shown.rerender(page.around(<Thread selected="answer-02" />));
    await pathIs(second);
    await waitFor(() => expect(now.view && childrenOf(now.view.tree, 'question-1')).toEqual(['answer-02']));
    shown.rerender(page.around(<Thread />));
    await pathIs(second);
  });

  it('here leaves it at once; a link still goes there, and restoring brings it back', async () => {
    const shown = page.show(<Thread selected="question-2" />);
    await pathIs(first);
    shown.rerender(page.around(<Thread selected="question-1" />));
    await during(() => now.actions?.mark(id, [{ message: 'answer-01', pruned: true }]) as Promise<void>);
    await pathIs(second);
    shown.rerender(page.around(<Thread selected="question-2" />));
    await pathIs(first);
    shown.rerender(page.around(<Thread selected="answer-02" />));
    await pathIs(second);
    await during(() => now.actions?.mark(id, [{ message: 'answer-01', pruned: false }]) as Promise<void>);
    await waitFor(() =>
      expect(now.view && childrenOf(now.view.tree, 'question-1')).toEqual(['answer-01', 'answer-02']),
    );
  });

  it('that was refused changes nothing, and says why', async () => {
    page.show(<Thread selected="question-2" />);
    await pathIs(first);
    server.commands.set('mark', () => {
      throw new TypeError('fetch failed');
    });
    await during(async () => {
      await expect(now.actions?.mark(id, [{ message: 'answer-01', pruned: true }])).rejects.toThrow(/./);
    });
    await pathIs(first);
    expect(openedOf(page.bough).views.left(id).size).toBe(0);
  });
});
