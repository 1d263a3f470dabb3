import type { ModelsView } from '../../../client/types.ts';
import { ConnectHint } from './connect-hint.tsx';
import { ModelProblems } from './model-problems.tsx';

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
