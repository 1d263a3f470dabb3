import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FilePart } from '../../../protocol/index.ts';
import { FileDialog } from './file-dialog.tsx';
import { fileIsHere, forgetFilesHere } from './here.ts';
import { MessageFiles } from './message-files.tsx';

const file = (name: string, type = 'text/plain'): FilePart => ({
  ...{ kind: 'file', hash: `hash of ${name}`, name, type, size: 2_000 },
});
/** The answers to come, by name; what is not in it is not stored. Each request that was made. */
let stored: Record<string, number>;
let asked: string[];
const settled = (): Promise<void> =>
  act(async () => {
    await new Promise((done) => setTimeout(done, 0));
  });

beforeEach(() => {
  forgetFilesHere();
  [stored, asked] = [{}, []];
  vi.stubGlobal('fetch', async (path: string, { method }: RequestInit) => {
    const name = path.replace(/.*hash of /, '');
    asked.push(`${method} ${name}`);
    if (stored[name] === 0) throw new TypeError('Failed to fetch');
    return new Response(null, { status: stored[name] ?? 404 });
  });
});
afterEach(() => vi.unstubAllGlobals());

test('a file that is not stored here says so, one that is says its size; each is asked for once', async () => {
  stored = { 'here.csv': 200 };
  const show = () => render(<MessageFiles files={[file('here.csv'), file('away.csv'), file('away.csv')]} />);
  const { unmount } = show();
  await settled();
  expect(screen.getAllByRole('button', { name: 'Open away.csv (Not on this computer)' })).toHaveLength(2);
  expect(screen.getByRole('button', { name: 'Open here.csv' }).textContent).toBe('here.csv2 kB');
  unmount();
  show();
  await settled();
  expect(asked).toEqual(['HEAD here.csv', 'HEAD away.csv']);
});

test('a picture is asked for only once it cannot be shown', async () => {
  render(<MessageFiles files={[file('cat.png', 'image/png')]} />);
  await settled();
  expect(asked).toEqual([]);
  fireEvent.error(screen.getByRole('img', { name: 'cat.png' }));
  await settled();
  expect(screen.getByRole('button', { name: 'Open cat.png (Not on this computer)' })).toBeTruthy();
});

test('no answer says nothing of the file, and it is asked for again the next time', async () => {
  stored = { 'plan.txt': 0 };
  const { unmount } = render(<MessageFiles files={[file('plan.txt')]} />);
  await settled();
  expect(screen.getByRole('button', { name: 'Open plan.txt' })).toBeTruthy();
  unmount();
  stored = {};
  render(<MessageFiles files={[file('plan.txt')]} />);
  await settled();
  expect(screen.getByRole('button', { name: 'Open plan.txt (Not on this computer)' })).toBeTruthy();
});

test('what is uploaded here is here, whatever was known of it', async () => {
  render(<MessageFiles files={[file('plan.txt')]} />);
  await settled();
  act(() => fileIsHere('hash of plan.txt'));
  expect(screen.getByRole('button', { name: 'Open plan.txt' })).toBeTruthy();
});

test('audio has a player beside its name, which says that it is gone', async () => {
  stored = { 'memo.mp3': 200 };
  const memo: FilePart = { ...file('memo.mp3', 'audio/mpeg'), seconds: 65 };
  render(<MessageFiles files={[memo, file('away.wav', 'audio/wav')]} tabIndex={-1} />);
  await settled();
  const player = screen.getByLabelText('Play memo.mp3');
  expect(player.getAttribute('src')).toBe('/api/files/hash of memo.mp3');
  expect([player.hasAttribute('controls'), player.tabIndex, player.getAttribute('preload')]).toEqual([
    true,
    -1,
    'metadata',
  ]);
  expect(screen.getByRole('button', { name: 'Open memo.mp3' }).textContent).toBe('memo.mp31:05');
  expect(screen.queryByLabelText('Play away.wav')).toBeNull();
  fireEvent.error(player);
  expect(screen.getByRole('alert').textContent).toMatch(/no longer here/);
});

test('a picture that cannot be drawn may be damaged: nothing says that it is gone', () => {
  render(<FileDialog file={file('cat.jpg', 'image/jpeg')} onClose={() => {}} />);
  fireEvent.error(screen.getByRole('img', { name: 'cat.jpg' }));
  expect(screen.getByRole('alert').textContent).toBe('This image is damaged or no longer here.');
});
