/** The files a command names, as parts of the message it says. */
import type { FilePart, FileRef } from '../../../protocol/index.ts';
import type { Store } from '../index/store.ts';
import { refusals } from '../kit/refusals.ts';

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
