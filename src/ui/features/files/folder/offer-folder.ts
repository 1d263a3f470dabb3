/** Asks which files of a folder go with a draft. */
import { FILES_LIMIT } from '../../../../protocol/index.ts';
import { openDialog } from '../../../stores/dialogs.ts';
import { toast } from '../../../stores/toasts.ts';
import { attachmentsOf } from '../../../stores/writing/attachments.ts';
import * as strings from '../strings-later.ts';
import { type FolderSource, filesIn, filesOfInput } from './folder-files.ts';

export async function offerFolder(
  draft: string,
  { entries, files }: FolderSource,
  onFiles: (files: readonly File[]) => void,
): Promise<void> {
  const found = entries ? await filesIn(entries) : filesOfInput(files ?? []);
  if (found.files.length === 0) return void toast(strings.emptyFolder);
  const room = Math.max(0, FILES_LIMIT - attachmentsOf(draft).length);
  openDialog({ kind: 'folder', ...found, room, onFiles });
}
