import { screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeServer } from '../testing/fake-server.ts';
import { FakeStorage } from '../testing/fake-storage.ts';
import { model } from '../testing/script.ts';
import { useAccess, useConversations } from './index.ts';
import { during, pass, type TestPage, testPage } from './testing/page.tsx';
import { usePrompts } from './use-prompts.ts';

let server: FakeServer;
let page: TestPage;
beforeEach(() => {
  server = new FakeServer();
  page = testPage(server, { storage: new FakeStorage() });
});
afterEach(() => page.bough.dispose());

function Seen() {
  const { signedOut, readOnly } = useAccess();
  const { status } = useConversations();
  return <p>{`${signedOut ? 'out' : 'in'} ${readOnly ? 'reads' : 'writes'} ${status}`}</p>;
}
const seen = (text: string) => waitFor(() => expect(screen.getByText(text)).toBeTruthy());
const send = () =>
  page.bough.actions.send({ conversation: 'conversation-1', parent: null, text: 'Typed before', model });
const sent = () => server.count('POST /api/commands/send');

test('where no token is needed, everybody is in and writes', async () => {
  page.show(<Seen />);
  await seen('in writes ready');
});

test('who is signed out loses nothing: what was sent waits, and all goes on with the sign-in', async () => {
  server.scope = null;
  page.show(<Seen />);
  await seen('out writes error');
  await during(async () => send());
  await waitFor(() => expect(page.bough.outbox.pending.get().map(({ state }) => state)).toEqual(['waiting']));
  server.scope = 'owner';
  await during(async () => page.bough.resume());
  await seen('in writes ready');
  await waitFor(() => expect(sent()).toBe(1));
  await waitFor(() => expect(server.liveConnections).toBe(1));
});

test('a token that is revoked under an open page is told by its live connection', async () => {
  page.show(<Seen />);
  await seen('in writes ready');
  await waitFor(() => expect(server.liveConnections).toBe(1));
  server.scope = null;
  server.cut();
  await seen('out writes ready');
  server.scope = 'owner';
  await during(async () => page.bough.resume());
  await seen('in writes ready');
});

function Asking() {
  const { kept } = usePrompts();
  return <p>{kept ? 'prompts' : 'no prompts'}</p>;
}

test('who reads only never asks for what is refused to them, not even at first', async () => {
  server.scope = 'read-only';
  page.show(<Asking />);
  await pass(20);
  expect(server.count('POST /api/prompts/list')).toBe(0);
  page.show(<Seen />);
  await seen('in reads ready');
  page.show(<Asking />);
  await pass(20);
  expect(server.count('POST /api/prompts/list')).toBe(0);
});

test('who reads only is told so by every answer', async () => {
  server.scope = 'read-only';
  page.show(<Seen />);
  await seen('in reads ready');
  await pass(20);
  server.scope = undefined;
  await during(() => page.bough.http.request('/api/models'));
  await seen('in writes ready');
});
