/** Several views of one conversation, its tree without a view, and what is being written anywhere. */
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeServer } from '../testing/fake-server.ts';
import { asked, conversation, Log, patch, said } from '../testing/script.ts';
import { useConversation, useEntryText, useLive, useTree } from './index.ts';
import { type TestPage, testPage } from './testing/page.tsx';

type Entry = ReturnType<typeof useConversation>['path'][number];

const id = 'conversation-1';
let server: FakeServer;
let page: TestPage;
let written: unknown[];

beforeEach(() => {
  server = new FakeServer();
  page = testPage(server);
  written = [];
  server.commands.set('view', ({ leaf }) => {
    written.push(leaf);
    return {};
  });
  conversation(server, id);
});
afterEach(() => page.bough.dispose());

const message = (name: string, parent: string | null, time: number, branch = name) =>
  said(server, id, { id: name, parent, branch, time });

function Line({ entry }: { entry: Entry }) {
  return <li>{useEntryText(id, entry)}</li>;
}

function View({ name, selected = null }: { name: string; selected?: string | null }) {
  const { path } = useConversation(id, { view: name, selected });
  return (
    <ol aria-label={name}>
      {path.map((entry) => (
        <Line key={entry.key} entry={entry} />
      ))}
    </ol>
  );
}

const shows = (name: string, lines: string[]) =>
  waitFor(() => {
    page.frames.tick();
    const rows = within(screen.getByRole('list', { name })).queryAllByRole('listitem');
    expect(rows.map(({ textContent }) => textContent)).toEqual(lines.map((line) => `text of ${line}`));
  });

/** question-1 ─┬ answer-01, ─ answer-02 */
function fork() {
  message('question-1', null, 1);
  message('answer-01', 'question-1', 2, 'question-1');
  message('answer-02', 'question-1', 3);
}

it('go their own ways, and come back to them', async () => {
  fork();
  const views = (first: string | null, second: string | null) =>
    page.around(
      <>
        <View name="one" selected={first} />
        <View name="two" selected={second} />
      </>,
    );
  const { rerender } = page.show(views('answer-01', 'answer-02'));
  await shows('one', ['question-1', 'answer-01']);
  await shows('two', ['question-1', 'answer-02']);
  rerender(views(null, null));
  await shows('one', ['question-1', 'answer-01']);
  await shows('two', ['question-1', 'answer-02']);
  message('question-2', 'answer-01', 4, 'question-1');
  await shows('one', ['question-1', 'answer-01', 'question-2']);
  await shows('two', ['question-1', 'answer-02']);
});

it('only the one without a name is remembered by the server', async () => {
  fork();
  page.show(
    <>
      <View name="named" selected="answer-02" />
      <View name="" selected="answer-01" />
    </>,
  );
  await vi.waitFor(() => expect(written).toEqual(['answer-01']), 4000);
});

function Facts() {
  const { status, error, tree, live } = useTree(id);
  const anywhere = useLive().map(
    ({ conversation: { title }, reply, asks }) => `${title.text}/${reply}/${asks}`,
  );
  return <p>{[status, error ?? 'well', tree.messages.size, live.length, ...anywhere].join(' ')}</p>;
}

const tells = (text: string) => waitFor(() => expect(screen.getByText(text)).toBeTruthy());

it('the tree counts, and lists what is being written here and anywhere', async () => {
  fork();
  page.show(<Facts />);
  await tells('ready well 3 0');
  const header = message('question-2', 'answer-01', 4, 'question-1');
  asked(server, id, header, 'reply-0001', 5);
  patch(server, id, { generations: { 'reply-0001': 'open' } }, 5);
  conversation(server, 'conversation-2', 'Other', 6);
  patch(
    server,
    'conversation-2',
    { generations: { 'reply-0002': 'open' }, asking: { 'reply-0002': true } },
    7,
  );
  await tells('ready well 4 1 Other/reply-0002/true conversation-1/reply-0001/false');
});

it('there is no tree of a conversation nobody knows', async () => {
  server = new FakeServer();
  page.bough.dispose();
  page = testPage(server);
  page.show(<Facts />);
  await tells('missing There is no such stream. 0 0');
});

it('a reply is shown as it is written, and as its message', async () => {
  const header = message('question-1', null, 1);
  const generation = asked(server, id, header, 'reply-0001', 2);
  page.show(<View name="one" />);
  const log = new Log(server, id, generation);
  log.words('text of a reply');
  await shows('one', ['question-1', 'a reply']);
});
