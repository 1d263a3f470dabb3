/** A conversation as it is indexed in which an agent worked in the person's folder, and then in a copy: for tests of commands without a server. */
import { emptyTree, foldOutline, type MessageHeader, type Tree } from '../../../tree/index.ts';

/** Ids: a question and its reply in the person's folder, and another reply to that question in a copy. */
export const IN_TREE = { asked: 'message-asked', own: 'message-own', copy: 'message-copy' } as const;

export function agentTree(folder: string): Tree {
  const header = (id: string, more: Partial<MessageHeader>): MessageHeader => ({
    ...{ id, role: 'assistant', parent: IN_TREE.asked, author: { kind: 'user' }, origin: { kind: 'send' } },
    ...{ branch: 'b', start: '-1', end: '0', preview: id, time: 1, ...more },
  });
  const headers = [
    header(IN_TREE.asked, { role: 'user', parent: null }),
    header(IN_TREE.own, { folder, time: 2 }),
    header(IN_TREE.copy, { folder, copy: IN_TREE.copy, time: 3 }),
  ];
  return foldOutline(
    emptyTree,
    headers.map((message) => ({ kind: 'message' as const, message })),
  );
}
