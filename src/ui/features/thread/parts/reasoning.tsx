import { Lightbulb } from 'lucide-react';
import { Spinner } from '../../../components/index.ts';
import { Markdown } from '../../markdown/index.ts';
import * as strings from '../strings.ts';
import { Fold } from './fold.tsx';
import type { PartProps } from './part-props.ts';

/** What a model thought before it answered: folded unless it is all there is, and quieter than the answer. */
export function ReasoningPart({
  part: { text },
  scope,
  writing,
  seconds,
  alone = false,
}: PartProps<'reasoning'>) {
  return (
    <Fold
      initial={alone}
      icon={writing ? <Spinner /> : <Lightbulb aria-hidden size={15} className="shrink-0" />}
      title={writing ? strings.thinking : seconds ? strings.thoughtFor(seconds) : strings.thought}
    >
      {() => (
        <div className="text-muted">
          <Markdown text={text} scope={scope} growing={writing} />
        </div>
      )}
    </Fold>
  );
}
