import { access } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { range } from '../contract/harness.ts';
import { LogFiles } from './log-files.ts';
import { tempFolders } from './testing.ts';

const folderOf = tempFolders();

test('a log in use is never closed, and at most the limit is open', async () => {
  const files = new LogFiles(await folderOf(), 3);
  let open = 0;
  let most = 0;
  await Promise.all(
    range(40).map((n) =>
      files.use(
        `log${n % 10}`,
        async (handle) => {
          if (n < 10) most = Math.max(most, ++open);
          await new Promise(setImmediate);
          await handle.write(`${n}\n`, n * 3);
          await new Promise(setImmediate);
          expect((await handle.stat()).isFile()).toBe(true);
          if (n < 10) open -= 1;
        },
        true,
      ),
    ),
  );
  expect(most).toBeLessThanOrEqual(3);
  await files.close();
});

test('removing a log in use takes effect at once for others, and lets its user finish', async () => {
  const files = new LogFiles(await folderOf());
  await files.use(
    'log',
    async (handle) => {
      await handle.write('old', 0);
      await files.remove('log');
      await expect(access(files.path('log'))).rejects.toThrow('ENOENT');
      await expect(files.use('log', async () => {})).rejects.toThrow('ENOENT');
      expect((await handle.read(Buffer.alloc(3), 0, 3, 0)).bytesRead).toBe(3);
    },
    true,
  );
  await files.remove('log');
  await files.close();
});

test('one that cannot be opened takes no place', async () => {
  const files = new LogFiles(await folderOf(), 1);
  for (const n of range(5)) await expect(files.use(`no${n}`, async () => {})).rejects.toThrow('ENOENT');
  expect(await files.use('yes', async () => 1, true)).toBe(1);
  await files.close();
});
