import { expect, test, vi } from 'vitest';
import { attachmentsOf } from '../../stores/writing/attachments.ts';
import type * as preparing from './prepared.ts';
import { attach, attachOtherwise } from './uploads.ts';

/** Documents are read in a worker, which there is none of here: a PDF is, that goes as pictures, too. */
vi.mock('./prepared.ts', async (original) => ({
  ...(await original<typeof preparing>()),
  takesPreparing: () => true,
  prepared: async (file: File) => ({ kind: 'file', file, fits: true, other: 'pages' }),
  pagesOf: async () => {
    throw new DOMException('', 'NotReadableError');
  },
}));

test('a document that is gone when its pages are wanted as pictures says so', async () => {
  const upload = vi.fn(async () => ({ hash: 'aa', type: 'text/plain', size: 4 }));
  attach('draft', [new File(['%PDF'], 'oaks.pdf')], upload);
  const states = () => attachmentsOf('draft').map(({ state }) => state);
  await vi.waitFor(() => expect(states()).toMatchObject([{ kind: 'ready' }]));
  await attachOtherwise('draft', attachmentsOf('draft')[0]?.id ?? '', 'pages', upload);
  expect(states()).toMatchObject([
    { kind: 'failed', sentence: expect.stringContaining('cannot be read any more') },
  ]);
});
