import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Message } from '../../protocol/index.ts';
import { KEPT } from '../folds/messages.ts';
import { openedOf } from '../opened.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { conversation, thread } from '../testing/script.ts';
import { type TestPage, testPage } from './testing/page.tsx';
import { id, says, stands, Thread } from './testing/thread.tsx';

let server: FakeServer;
let page: TestPage;

beforeEach(() => {
  server = new FakeServer();
  page = testPage(server);
});
afterEach(() => page.bough.dispose());

const cached = () => page.bough.queryClient.getQueryCache().findAll({ queryKey: ['message'] });

it('messages nobody looks at go after a while of others, those on the screen stay', async () => {
  conversation(server, id);
  const headers = thread(server, id, 1000);
  page.show(<Thread last={10} />);
  await says('message-01000', 'text of message-01000');
  for (let end = 900; end > 0; end -= 50) {
    const header = headers[end - 1];
    if (header) await openedOf(page.bough).messages.ensure(id, header);
  }
  expect(cached().length).toBeLessThanOrEqual(KEPT + 60);
  await says('message-01000', 'text of message-01000');
  expect(openedOf(page.bough).messages.has(id, 'message-00001')).toBe(true);
  expect(openedOf(page.bough).messages.has(id, 'message-00951')).toBe(false);
}, 20_000);

it('a message that cannot be read says why, and is read when it is there', async () => {
  conversation(server, id);
  const [header] = thread(server, id, 1);
  server.delete(`c/${id}/b/message-00001`);
  const shown = page.show(<Thread />);
  await says('message-00001', 'There is no such stream.');
  shown.unmount();
  const stored = { v: 1, kind: 'message', parts: [{ kind: 'text', text: 'Back.' }], ...header };
  server.append(`c/${id}/b/message-00001`, stored);
  page.show(<Thread />);
  await stands('ready live');
  await says('message-00001', 'Back.');
});

it('what is known already is never put in the place of what was read', async () => {
  conversation(server, id);
  const [header] = thread(server, id, 1);
  if (header)
    await openedOf(page.bough)
      .messages.ensure(id, header)
      .catch(() => {});
  const before = page.bough.queryClient.getQueryData<Message>(['message', id, 'message-00001']);
  openedOf(page.bough).messages.seed(id, { ...(before as Message), parts: [] });
  expect(page.bough.queryClient.getQueryData(['message', id, 'message-00001'])).toBe(before);
});
