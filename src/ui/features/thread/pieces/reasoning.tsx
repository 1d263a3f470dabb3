import { Lightbulb } from 'lucide-react';
import { Spinner } from '../../../components/index.ts';
import { Markdown } from '../../markdown/index.ts';
import { Fold } from './fold.tsx';

interface ReasoningProps {
  readonly text: string;
  readonly scope: string;
  readonly writing: boolean;
  readonly seconds: number | undefined;
}

/** What a model thought before it answered: folded, and quieter than the answer. */
export function Reasoning({ text, scope, writing, seconds }: ReasoningProps) {
  return (
    <Fold
      icon={writing ? <Spinner /> : <Lightbulb aria-hidden size={15} className="shrink-0" />}
      title={writing ? 'Thinking…' : seconds ? `Thought for ${seconds} s` : 'Thought'}
    >
      {() => (
        <div className="text-muted">
          <Markdown text={text} scope={scope} growing={writing} />
        </div>
      )}
    </Fold>
  );
}
