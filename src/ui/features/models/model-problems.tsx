import type { ModelsView } from '../../../client/types.ts';

/** Sources that did not answer, in the server's words, which say what to do. */
export function ModelProblems({ problems }: Pick<ModelsView, 'problems'>) {
  if (problems.length === 0) return null;
  return (
    <ul aria-label="Problems" className="space-y-2 text-left">
      {problems.map(({ source, sentence }) => (
        <li key={source} className="rounded-xl bg-warn-soft px-4 py-2.5 text-sm text-warn">
          {sentence}
        </li>
      ))}
    </ul>
  );
}
