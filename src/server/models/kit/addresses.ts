/**
 * Addresses that are never asked, whatever their name: where clouds serve the secrets of a machine to whoever runs on it
 * (decision 0035). Everything else may be a server of models, on this machine and in its network too.
 */
import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, isIPv4, type LookupFunction } from 'node:net';

/** The code of the error that `safeLookup` gives. */
export const FORBIDDEN_ADDRESS = 'BOUGH_FORBIDDEN_ADDRESS';

const forbidden = new BlockList();
// Link-local: AWS, Google, Azure, DigitalOcean, Oracle, OpenStack and their like, by IPv4 and IPv6.
forbidden.addSubnet('169.254.0.0', 16, 'ipv4');
forbidden.addSubnet('fe80::', 10, 'ipv6');
// By IPv6: AWS, Google, Oracle, Alibaba, Scaleway, Akamai.
forbidden.addSubnet('fd00:ec2::', 32, 'ipv6');
for (const address of [
  'fd20:ce::254',
  'fd00:c1::a9fe:a9fe',
  'fd00:100::100:200',
  'fd00:42::42',
  'fd00:a9fe:a9fe::1',
])
  forbidden.addAddress(address, 'ipv6');
// By IPv4: Alibaba, Azure's wire server, Oracle.
forbidden.addAddress('100.100.100.200', 'ipv4');
forbidden.addAddress('168.63.129.16', 'ipv4');
forbidden.addAddress('192.0.0.192', 'ipv4');

/** @param address as numbers, an IPv6 one with or without brackets and zone. IPv4 in any clothes of IPv6 counts as IPv4. */
export function isForbidden(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (isIPv4(bare)) return forbidden.check(bare, 'ipv4');
  if (isIP(bare) !== 6) return false;
  const inner = embedded(groupsOf(bare));
  return forbidden.check(bare, 'ipv6') || (inner !== null && forbidden.check(inner, 'ipv4'));
}

/** For `lookup` of a socket: the check happens where the address is used, so no second answer of a name server slips in. */
export const safeLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, '', 0);
    const addresses = found as LookupAddress[];
    if (addresses.some(({ address }) => isForbidden(address))) return callback(refusal(), '', 0);
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    callback(null, first?.address ?? '', first?.family ?? 0);
  });
};

/** What `safeLookup` says; thrown for addresses that need no lookup. */
export function refusal(): NodeJS.ErrnoException {
  return Object.assign(new Error('This address is never asked.'), { code: FORBIDDEN_ADDRESS });
}

/** The eight groups of an IPv6 address, as numbers. */
function groupsOf(address: string): number[] {
  const hex = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => {
    const pair = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16);
    return `${pair(a, b)}:${pair(c, d)}`;
  });
  const [left = '', right] = hex.split('::');
  const numbers = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [head, tail] = [numbers(left), numbers(right ?? '')];
  return [...head, ...new Array(Math.max(0, 8 - head.length - tail.length)).fill(0), ...tail];
}

/** The IPv4 address in a mapped (::ffff:), compatible (::), translated (64:ff9b::, ::ffff:0:) or 6to4 (2002:) one. */
function embedded(groups: readonly number[]): string | null {
  const [a, b, c] = groups;
  const dotted = (high = 0, low = 0) => [high >> 8, high & 255, low >> 8, low & 255].join('.');
  if (a === 0x2002) return dotted(b, c);
  const prefix = groups
    .slice(0, 6)
    .map((group) => group.toString(16))
    .join(':');
  const known = ['0:0:0:0:0:0', '0:0:0:0:0:ffff', '0:0:0:0:ffff:0', '64:ff9b:0:0:0:0', '64:ff9b:1:0:0:0'];
  return known.includes(prefix) ? dotted(groups[6], groups[7]) : null;
}
