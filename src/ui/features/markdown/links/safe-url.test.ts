import { describe, expect, test } from 'vitest';
import { remoteImage, safeLink, saysHost } from './safe-url.ts';

describe('addresses', () => {
  test.each([
    ['https://example.org/a?b#c', 'example.org'],
    ['http://127.0.0.1:8080/', '127.0.0.1:8080'],
    ['https://bücher.example/', 'xn--bcher-kva.example'],
    ['https://bank.example@evil.example/', 'evil.example'],
    ['mailto:ada@example.org', 'ada@example.org'],
  ])('%s may be a link to %s', (address, host) => {
    expect(safeLink(address)?.host).toBe(host);
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>1</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://example.org/1',
    '/c/other',
    'other.html',
    '#top',
    '//evil.example/x',
    '',
  ])('%j becomes no link', (address) => {
    expect(safeLink(address)).toBeUndefined();
  });

  test('images are remote ones only', () => {
    expect(remoteImage('https://example.org/a.png')?.host).toBe('example.org');
    expect(remoteImage('data:image/svg+xml,<svg/>')).toBeUndefined();
    expect(remoteImage('mailto:a@example.org')).toBeUndefined();
  });
});

describe('the host of a link', () => {
  const link = (address: string) => safeLink(address) as NonNullable<ReturnType<typeof safeLink>>;

  test.each(['example.org', 'https://example.org', 'https://example.org/a', 'example.org/a'])(
    'is said by %j',
    (text) => {
      expect(saysHost(text, link('https://example.org/a'))).toBe(true);
    },
  );

  test.each(['here', 'bank.example', 'https://bank.example', 'example.org.evil.example', 'see example.org'])(
    'is not said by %j',
    (text) => {
      expect(saysHost(text, link('https://example.org/a'))).toBe(false);
    },
  );

  test('is never hidden by a name before it', () => {
    expect(saysHost('https://bank.example@evil.example', link('https://bank.example@evil.example'))).toBe(
      false,
    );
  });
});
