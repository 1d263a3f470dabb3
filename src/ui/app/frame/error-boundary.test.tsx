import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { ErrorBoundary } from './error-boundary.tsx';
import { reportOf } from './fault-report.ts';

let isBroken = true;
function Words() {
  if (isBroken) throw new TypeError('text is undefined', { cause: new Error('The log ended') });
  return <p>All the words</p>;
}
test('what was thrown can be copied, and tried again without loading the page anew', async () => {
  const written = vi.fn(async (_: string) => {});
  vi.stubGlobal('navigator', { ...navigator, userAgent: 'Test 1', clipboard: { writeText: written } });
  // React says of each what was thrown.
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  isBroken = true;
  render(
    <ErrorBoundary what="This page">
      <Words />
    </ErrorBoundary>,
  );
  expect(screen.getByRole('alert').textContent).toContain('This page could not be shown.');
  fireEvent.click(await screen.findByRole('button', { name: 'Copy details' }));
  await screen.findByRole('button', { name: 'Details copied' });
  const report = written.mock.lastCall?.[0] ?? '';
  for (const said of [
    'TypeError: text is undefined',
    'error-boundary.test.tsx',
    'Error: The log ended',
    'Test 1',
  ])
    expect(report).toContain(said);
  expect(report).toContain('Drawn in:\nat Words');
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(screen.getByRole('alert')).toBeTruthy();
  isBroken = false;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(screen.getByText('All the words')).toBeTruthy();
  logged.mockRestore();
  vi.unstubAllGlobals();
});

test('a report says where it was without what was looked for, and no more of a message than it needs', () => {
  const href = 'http://bough.test/find?q=my+secret&m=message-1#token=abc';
  const error = new SyntaxError('x'.repeat(10_000));
  const report = reportOf({ error, within: '', href, build: 'b1', browser: 'Test 1', at: 0 });
  expect(report).toContain('Where: /find?q=…&m=…\n');
  expect(report).not.toMatch(/secret|token=abc/);
  expect(report.length).toBeLessThan(6_000);
  expect(reportOf({ error: 'a string', within: '', href: '', build: 'b1', browser: '', at: 0 })).toContain(
    'Thrown: string',
  );
});
