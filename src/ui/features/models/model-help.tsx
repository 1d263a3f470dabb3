import type { ModelsView } from '../../../client/types.ts';
import { ConnectHint } from './connect-hint.tsx';
import * as strings from './strings-later.ts';

interface ModelHelpProps {
  readonly list: ModelsView;
  /** The demo shall answer. */
  readonly onDemo: () => void;
}

/** What an empty page says of its models: sources that failed, and how to get a real one. */
export function ModelHelp({ list, onDemo }: ModelHelpProps) {
  return (
    <div className="space-y-3">
      <ModelProblems problems={list.problems} />
      <ConnectHint list={list} onDemo={onDemo} />
    </div>
  );
}

/** Sources that did not answer, in the server's words, which say what to do. */
function ModelProblems({ problems }: Pick<ModelsView, 'problems'>) {
  if (problems.length === 0) return null;
  return (
    <ul aria-label={strings.problems} className="space-y-2 text-left">
      {problems.map(({ source, sentence }) => (
        <li key={source} className="rounded-xl bg-warn-soft px-4 py-2.5 text-sm text-warn">
          {sentence}
        </li>
      ))}
    </ul>
  );
}
