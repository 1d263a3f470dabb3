import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Access, createAccess } from './access.ts';
import { ATTEMPTS_WITHIN, MOST_ATTEMPTS } from './attempts.ts';
import { openTokenFile } from './token-file.ts';

let folder: string;
let path: string;
let time: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-access-'));
  path = join(folder, 'data', 'access.json');
  time = Date.UTC(2026, 10, 25, 12, 34);
});
let opened: Access[];
let troubles: unknown[];
beforeEach(() => {
  [opened, troubles] = [[], []];
});
afterEach(async () => {
  for (const access of opened) await access.close();
  await rm(folder, { recursive: true });
  expect(troubles).toEqual([]);
});

async function open(): Promise<Access> {
  for (const before of opened) await before.close();
  const access = createAccess({
    store: await openTokenFile(path),
    now: () => time,
    trouble: (error) => troubles.push(error),
  });
  opened.push(access);
  return access;
}
const kind = async (access: Access, secret: string) => (await access.check(secret, 'peer')).kind;
const wrongOf = (secret: string) => `${secret.slice(0, -1)}${secret.endsWith('a') ? 'b' : 'a'}`;

test('a token is good until it is revoked, also after a restart', async () => {
  const access = await open();
  const { token, secret } = await access.make({ name: 'My phone', scope: 'read-only' });
  expect(secret).toMatch(/^bough_[A-Za-z0-9]{8}_[A-Za-z0-9]{43}$/);
  expect(await access.check(` ${secret}\n`, 'peer')).toMatchObject({ kind: 'good', token });
  const again = await open();
  expect(await again.list()).toEqual([{ ...token, used: Date.UTC(2026, 10, 25, 12) }]);
  expect(await kind(again, secret)).toBe('good');
  const revoked: string[] = [];
  again.onRevoked((id) => revoked.push(id));
  await again.revoke(token.id);
  expect([await kind(again, secret), revoked, await again.list()]).toEqual(['wrong', [token.id], []]);
  expect(await kind(await open(), secret)).toBe('wrong');
});

test('the file holds hashes, and is for its owner alone', async () => {
  const access = await open();
  const { secret } = await access.make({ name: 'My phone', scope: 'owner' });
  const text = await readFile(path, 'utf8');
  expect(text).toMatch(/"hash": "[0-9a-f]{64}"/);
  expect(text).not.toContain(secret.slice(15));
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await chmod(path, 0o644);
  await open();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('made and revoked at once, none is lost', async () => {
  const access = await open();
  const made = await Promise.all(['a', 'b', 'c', 'd'].map((name) => access.make({ name, scope: 'owner' })));
  await Promise.all([access.revoke(made[1]?.token.id ?? ''), access.make({ name: 'e', scope: 'owner' })]);
  expect((await (await open()).list()).map(({ name }) => name)).toEqual(['a', 'c', 'd', 'e']);
});

test.each(['', 'bough_', 'bough_abcdefgh_short', `bough_abcdefgh_${'a'.repeat(43)}`, 'Bearer x'])(
  '%j is no token',
  async (text) => {
    const access = await open();
    await access.make({ name: 'My phone', scope: 'owner' });
    expect(await kind(access, text)).toBe('wrong');
  },
);

test('a token is tried ten times a minute, then not looked at, and others are not held up', async () => {
  const access = await open();
  const { secret } = await access.make({ name: 'Guessed', scope: 'owner' });
  const other = await access.make({ name: 'Not guessed', scope: 'owner' });
  for (let n = 0; n < MOST_ATTEMPTS; n += 1) expect(await kind(access, wrongOf(secret))).toBe('wrong');
  expect(await access.check(secret, 'peer')).toEqual({ kind: 'limited', wait: ATTEMPTS_WITHIN });
  expect(await kind(access, other.secret)).toBe('good');
  time += ATTEMPTS_WITHIN - 1;
  expect(await kind(access, secret)).toBe('limited');
  time += 1;
  expect(await kind(access, secret)).toBe('good');
});

test('what names no token is counted by who tries it', async () => {
  const access = await open();
  const { secret } = await access.make({ name: 'My phone', scope: 'owner' });
  for (let n = 0; n < MOST_ATTEMPTS; n += 1) await access.check(`guess ${n}`, '10.0.0.1');
  expect((await access.check('guess', '10.0.0.1')).kind).toBe('limited');
  expect((await access.check('guess', '10.0.0.2')).kind).toBe('wrong');
  expect((await access.check(secret, '10.0.0.1')).kind).toBe('good');
});

test('a file that is not ours lets nobody in, and says what to do', async () => {
  await (await open()).make({ name: 'My phone', scope: 'owner' });
  await writeFile(path, '{"v":1,"tokens":[{"id":"x"}]}');
  await expect(open()).rejects.toThrow(/access\.json is not what Bough wrote\. Mend it, or take it away/);
});

test('a change that cannot be stored did not happen', async () => {
  const access = await open();
  const { token, secret } = await access.make({ name: 'My phone', scope: 'owner' });
  await rm(join(folder, 'data'), { recursive: true });
  await writeFile(join(folder, 'data'), 'in the way');
  await expect(access.revoke(token.id)).rejects.toThrow();
  await expect(access.make({ name: 'Another', scope: 'owner' })).rejects.toThrow();
  expect(await access.list()).toHaveLength(1);
  await rm(join(folder, 'data'));
  await access.revoke(token.id);
  expect(await kind(access, secret)).toBe('wrong');
});
