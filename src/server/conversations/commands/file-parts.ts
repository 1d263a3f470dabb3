/** The files a command names, as parts of the message it says. */
import {
  type FilePart,
  type FileRef,
  IMAGE_LIMIT,
  isImage,
  type StoredFile,
  TEXT_FILE_LIMIT,
  TEXT_TYPE,
} from '../../../protocol/index.ts';
import type { Store } from '../index/store.ts';
import { refusals } from '../kit/refusals.ts';

/**
 * The parts for the files a command names: what is stored says what they are. Throws Refusal `unknown-file`, `file-type` for what is stored as
 * an original and goes to no model as it is.
 */
export function fileParts(
  { files }: Pick<Store, 'files'>,
  refs: readonly FileRef[] = [],
): Promise<FilePart[]> {
  const stored = async ({ hash, name }: Pick<FileRef, 'hash' | 'name'>) => {
    const found = await files.use(hash);
    if (!found) throw refusals.unknownFile(name);
    return { hash, name, type: found.type, size: found.size };
  };
  return Promise.all(
    refs.map(async ({ original, ...ref }) => {
      const file = await stored(ref);
      if (!goesToModels(file)) throw refusals.originalAlone(file.name);
      return { kind: 'file' as const, ...file, ...(original && { original: await stored(original) }) };
    }),
  );
}

function goesToModels({ type, size }: StoredFile): boolean {
  if (type === TEXT_TYPE) return size <= TEXT_FILE_LIMIT;
  return isImage({ type }) && size <= IMAGE_LIMIT;
}
