import { readFileSync } from 'node:fs';
import { act, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { FakeServer } from '../testing/fake-server.ts';
import { asked, conversation, Log, said } from '../testing/script.ts';
import { Chat } from './testing/example.tsx';
import { type TestPage, testPage } from './testing/page.tsx';

const id = 'conversation-1';
let page: TestPage | undefined;
afterEach(() => page?.bough.dispose());

const lines = () => [...document.querySelectorAll('p')].map((line) => line.textContent);

it('the example of docs/hook.md is this one', () => {
  const example = readFileSync('src/client/hooks/testing/example.tsx', 'utf8');
  const named = example
    .replace('../../../protocol/index.ts', 'bough/protocol')
    .replace('../../../tree/index.ts', 'bough/tree')
    .replace('../index.ts', 'bough/react');
  expect(readFileSync('docs/hook.md', 'utf8')).toContain(`\`\`\`tsx\n${named}\`\`\`\n`);
});

it('is a chat: says what was said and is being said, and sends', async () => {
  const server = new FakeServer();
  const shown = testPage(server);
  page = shown;
  conversation(server, id);
  const header = said(server, id, { id: 'question-1', parent: null, branch: 'question-1', time: 1 });
  const generation = asked(server, id, header, 'reply-0001', 2);
  shown.show(<Chat id={id} />);
  await waitFor(() => expect(lines()).toEqual(['text of question-1', '…']));
  new Log(server, id, generation).words('Hello');
  await waitFor(() => {
    shown.frames.tick();
    expect(lines()).toEqual(['text of question-1', 'Hello…']);
  });
  expect(screen.getByRole('region', { name: '1 versions' })).toBeTruthy();
  const inputs: unknown[] = [];
  server.commands.set('send', (input) => {
    inputs.push(input);
    return { message: input.message, branch: 'question-1', forked: false };
  });
  act(() => screen.getByRole('button', { name: 'Go on' }).click());
  await waitFor(() => expect(inputs).toMatchObject([{ parent: 'question-1', text: 'Go on.' }]));
});
