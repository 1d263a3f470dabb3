/** The files a command names, as parts of the message it says. */
import {
  AUDIO_LIMIT,
  type FilePart,
  type FileRef,
  IMAGE_LIMIT,
  isAudio,
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
    return found;
  };
  return Promise.all(
    refs.map(async ({ original, ...ref }) => {
      const file = await stored(ref);
      if (!goesToModels(file)) throw refusals.originalAlone(ref.name);
      if (!original) return { kind: 'file' as const, name: ref.name, ...file };
      const { hash, type, size } = await stored(original);
      return {
        kind: 'file' as const,
        name: ref.name,
        ...file,
        original: { hash, name: original.name, type, size },
      };
    }),
  );
}

function goesToModels({ type, size }: StoredFile): boolean {
  if (type === TEXT_TYPE) return size <= TEXT_FILE_LIMIT;
  if (isAudio({ type })) return size <= AUDIO_LIMIT;
  return isImage({ type }) && size <= IMAGE_LIMIT;
}
