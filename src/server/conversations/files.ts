/** Files of messages: what commands name, and what is still referred to. */
import type { FilePart, FileRef } from '../../protocol/index.ts';
import { isPastRecall } from './purge.ts';
import { refusals } from './refusals.ts';
import type { Store } from './store.ts';

/** The parts for the files a command names: what is stored says what they are. Throws Refusal `unknown-file`. */
export function fileParts(
  { files }: Pick<Store, 'files'>,
  refs: readonly FileRef[] = [],
): Promise<FilePart[]> {
  return Promise.all(
    refs.map(async ({ hash, name }) => {
      const stored = await files.use(hash);
      if (!stored) throw refusals.unknownFile(name);
      return { kind: 'file' as const, hash, name, type: stored.type, size: stored.size };
    }),
  );
}

/**
 * Hashes of the files of every conversation that is there or can be brought back. `open` mends each first: a message that a
 * crash left out of the outline refers to its files too. Throws EngineError.
 */
export async function referredFiles(
  store: Pick<Store, 'list' | 'outlines' | 'clock'>,
  open: (conversation: string) => Promise<void>,
): Promise<ReadonlySet<string>> {
  const referred = new Set<string>();
  for (const { header } of [...(await store.list.refresh()).values()]) {
    if (header.created === undefined || isPastRecall(header, store.clock.now())) continue;
    await open(header.id);
    const { tree } = await store.outlines.of(header.id);
    for (const { files = [] } of tree.messages.values()) for (const hash of files) referred.add(hash);
  }
  return referred;
}
