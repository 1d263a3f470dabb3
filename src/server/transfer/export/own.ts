/** Bough's own JSON: everything, one conversation a line of an array. Read by ../import/own.ts. */
import { storedIn } from '../../../protocol/index.ts';
import { MARK_FIELDS, markOf } from '../../../tree/index.ts';
import { asMissing, type FileStore } from '../../files/index.ts';
import { OWN, OWN_VERSION } from '../import/own.ts';
import type { ChosenMessages } from './chosen.ts';

/** Contents of files stand in it as base64, by hash. */
export async function ownJson(
  { whole, messages }: ChosenMessages,
  files: Pick<FileStore, 'read'>,
): Promise<string> {
  const { header, tree, leaf, chatFolder } = whole;
  const { id, title, created, active, archived, pinned, model } = header;
  const filed = chatFolder && { id: chatFolder.id, name: chatFolder.name };
  const contents: Record<string, string> = {};
  for (const hash of new Set(messages.flatMap(({ parts }) => storedIn(parts)))) {
    const file = await files.read(hash).catch(asMissing);
    if (file) contents[hash] = Buffer.from(file.bytes).toString('base64');
  }
  const marks = messages.flatMap((message) => {
    const entry = tree.marks.get(message.id);
    if (!entry) return [];
    const mark = markOf(tree, message.id);
    const fields = MARK_FIELDS.filter((field) => entry[field] !== undefined).map((field) => [
      field,
      mark[field],
    ]);
    return [{ message: message.id, ...Object.fromEntries(fields) }];
  });
  return JSON.stringify({
    ...{
      [OWN]: OWN_VERSION,
      conversation: {
        ...{ id, title, created, active, archived },
        ...(pinned && { pinned }),
        ...(filed && { filed }),
        ...(model && { model }),
      },
    },
    ...{ messages, marks, ...(leaf !== undefined && { leaf }), files: contents },
  });
}
