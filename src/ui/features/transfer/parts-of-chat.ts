/** Which parts of a chat can be taken away or shown to somebody. Pure. */
import { shorten } from '../../../protocol/index.ts';
import type { ExportPart } from '../../../protocol/requests/transfer.ts';
import type { OpenPage } from '../../stores/page.ts';
import * as strings from './strings.ts';

export interface PartOfChat {
  readonly part: ExportPart;
  /** The end of the path, or the beginning of the subtree. */
  readonly message?: string;
  readonly words: readonly [name: string, means: string];
}

export const WHOLE: PartOfChat = {
  part: 'conversation',
  words: [strings.thisConversation, strings.conversationMeans],
};

/** @param from the message a subtree begins with. Default: the one that is read; none: there is no such part */
export function partsOf(
  { view: { tree, path }, selected }: Pick<OpenPage, 'view' | 'selected'>,
  from: string | null = selected,
): readonly PartOfChat[] {
  const last = path.findLast((entry) => entry.kind === 'message');
  const first = from === null ? undefined : tree.messages.get(from);
  return [
    WHOLE,
    ...(last?.kind === 'message'
      ? [{ part: 'path', message: last.header.id, words: [strings.thisPath, strings.pathMeans] } as const]
      : []),
    ...(first
      ? [
          {
            part: 'subtree',
            message: first.id,
            words: [strings.fromHere, strings.fromMeans(shorten(first.preview, 40))],
          } as const,
        ]
      : []),
  ];
}

/** As the server is asked for it. */
export const partQuery = ({ part, message }: PartOfChat) => ({
  part,
  ...(message !== undefined && { message }),
});
