/** Copies of branches in a data folder (src/server/folders): what belongs to nobody, and what a crash left. Nothing of it is removed unasked. */
import { basename, dirname, join } from 'node:path';
import { copiesIn } from '../../folders/worktree.ts';
import type { Finding } from './findings.ts';

/** @param known conversations that are there or can be brought back */
export async function copyFindings(data: string, known: ReadonlySet<string>): Promise<Finding[]> {
  const copies = await copiesIn(join(data, 'worktrees'));
  return copies.flatMap(({ path, marker }): Finding[] => {
    const conversation = basename(dirname(path));
    const about = `copy ${path}`;
    if (!known.has(conversation))
      return [
        {
          kind: 'problem',
          about,
          words: 'it belongs to no conversation; look whether you need what is in it, then take it away',
        },
      ];
    if (!marker)
      return [
        {
          kind: 'problem',
          about,
          words: 'it does not say whose it is; look whether you need what is in it, then take it away',
        },
      ];
    if (marker.state === 'ready') return [];
    return [
      {
        kind: 'harmless',
        about,
        words: marker.state === 'making' ? 'it was being made' : 'it was being taken away',
      },
    ];
  });
}
