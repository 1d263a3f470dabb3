/** What is in a folder that was dropped or chosen, and what of it goes. */
import { FILES_LIMIT, IMAGE_LIMIT, TEXT_FILE_LIMIT } from '../../../../protocol/index.ts';
import { compareNames } from '../../../../protocol/language.ts';
import { isNamedAudio } from '../audio/fitting-audio.ts';
import { DOCUMENT_LIMIT, mayBeDocument } from '../documents/types.ts';

/** A folder: as it was dropped, or as an `input` gives it. */
export interface FolderSource {
  readonly entries?: readonly FileSystemEntry[];
  readonly files?: readonly File[];
}

export interface FolderFile {
  /** From the folder on: `notes/plan.md`. */
  readonly path: string;
  readonly file: File;
}

type LeftOutWhy = 'hidden' | 'generated' | 'empty' | 'too-large' | 'unreadable' | 'too-many';

export interface ChosenFile extends FolderFile {
  /** Why it does not go; undefined: it does. One that is `too-many` goes in another's place. */
  readonly why: LeftOutWhy | undefined;
}

/** Files that are looked at, and how deep: a folder may be a whole disk. */
const MOST = 2_000;
const DEPTH = 12;
/** Folders that tools make, whose thousands of files nobody wrote. */
const GENERATED =
  /^(node_modules|bower_components|vendor|target|dist|build|out|__pycache__|venv|\.venv|\.git|\.hg|\.svn|\.next|\.cache|\.idea|\.vscode)$/;
const UNREADABLE =
  /\.(aac|mp4|mov|avi|mkv|webm|exe|dll|so|dylib|bin|class|jar|pyc|o|a|wasm|iso|dmg|zip|gz|bz2|xz|7z|rar|tar|ttf|otf|woff2?|psd|ai|sketch|fig|sqlite|db|parquet)$/i;

/** Files in the order of their paths; `whole` false: there are more than are looked at. */
export async function filesIn(
  entries: readonly FileSystemEntry[],
): Promise<{ readonly files: readonly FolderFile[]; readonly whole: boolean }> {
  const files: FolderFile[] = [];
  let whole = true;
  const walk = async (entry: FileSystemEntry, path: string, depth: number): Promise<void> => {
    if (files.length >= MOST || depth > DEPTH) {
      whole = false;
      return;
    }
    if (entry.isFile) {
      const file = await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject),
      ).catch(() => undefined);
      if (file) files.push({ path, file });
      return;
    }
    // What is in there is not even listed: it would be all there is.
    if (GENERATED.test(entry.name)) return;
    for (const child of await childrenOf(entry as FileSystemDirectoryEntry))
      await walk(child, `${path}/${child.name}`, depth + 1);
  };
  for (const entry of entries) await walk(entry, entry.name, 0);
  return { files: files.sort(byPath), whole };
}

/** The browser gives them a hundred at a time. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (some.length === 0 || all.length >= MOST) return all;
    all.push(...some);
  }
}

/** The files of an `input` that takes a folder. */
export function filesOfInput(files: readonly File[]): {
  readonly files: readonly FolderFile[];
  readonly whole: boolean;
} {
  const found = files.slice(0, MOST).map((file) => ({ path: file.webkitRelativePath || file.name, file }));
  return { files: found.sort(byPath), whole: files.length <= MOST };
}

const byPath = (a: FolderFile, b: FolderFile): number => compareNames(a.path, b.path);

/** What goes at first: as many as there is room for of those that can. Pure. */
export function choose(files: readonly FolderFile[], room = FILES_LIMIT): readonly ChosenFile[] {
  let left = room;
  return files.map((one) => {
    const why = whyNot(one) ?? (left > 0 ? undefined : 'too-many');
    if (!why) left -= 1;
    return { ...one, why };
  });
}

function whyNot({ path, file }: FolderFile): LeftOutWhy | undefined {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  if (parts.slice(0, -1).some((part) => GENERATED.test(part))) return 'generated';
  if (parts.some((part) => part.startsWith('.'))) return 'hidden';
  if (file.size === 0) return 'empty';
  if (UNREADABLE.test(name)) return 'unreadable';
  return file.size > limitOf(name) ? 'too-large' : undefined;
}

function limitOf(name: string): number {
  if (mayBeDocument(name) || isNamedAudio(name)) return DOCUMENT_LIMIT;
  return /\.(png|jpe?g|gif|webp|heic|heif|avif)$/i.test(name) ? IMAGE_LIMIT : TEXT_FILE_LIMIT;
}
