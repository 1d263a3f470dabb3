import { expect, test } from 'vitest';
import { FORBIDDEN_ADDRESS, isForbidden, safeLookup } from './addresses.ts';

test.each([
  '169.254.169.254',
  '169.254.170.2',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  'fe80::1',
  '[fe80::1%eth0]',
  'fd00:ec2::254',
  'fd20:ce::254',
  '[fd00:c1::a9fe:a9fe]',
  'fd00:100::100:200',
  'fd00:42::42',
  'fd00:a9fe:a9fe::1',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '[::ffff:a9fe:a9fe]',
  '::169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  '2002:a9fe:a9fe::1',
])('%s is never asked', (address) => {
  expect(isForbidden(address)).toBe(true);
});

test.each([
  '127.0.0.1',
  '::1',
  '10.0.0.8',
  '192.168.1.20',
  '1.1.1.1',
  'fd12::1',
  'fd20:ce::1',
  '2001:db8::1',
  'example.org',
])('%s may be asked', (address) => {
  expect(isForbidden(address)).toBe(false);
});

test('an address in other clothes is the address: URLs write it in one way', () => {
  for (const host of ['0xa9fea9fe', '2852039166', '0251.0376.0251.0376', '169.254.43518']) {
    expect(isForbidden(new URL(`http://${host}/`).hostname)).toBe(true);
  }
});

test('a name is looked up, and refused for where it leads', async () => {
  const ask = (host: string) =>
    new Promise((resolve) => safeLookup(host, { all: true }, (error, found) => resolve(error ?? found)));
  expect(await ask('localhost')).toContainEqual(expect.objectContaining({ address: expect.any(String) }));
  expect(await ask('169.254.169.254')).toMatchObject({ code: FORBIDDEN_ADDRESS });
});
