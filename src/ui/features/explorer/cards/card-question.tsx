import { useAnswering, useReply } from '../../../../client/hooks/index.ts';
import { openQuestion } from '../../../../protocol/index.ts';
import type { Generation } from '../../../../tree/index.ts';
import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { useExplorer } from './explorer-context.ts';

/** What the reply of a card asks, below it, to be answered there. */
export function CardQuestion({ generation }: { readonly generation: Generation }) {
  const { conversation } = useExplorer();
  const { parts, end } = useReply(conversation, generation);
  const choose = useAnswering(conversation, generation.id);
  const question = end ? undefined : openQuestion(parts);
  if (!question) return null;
  return (
    <div className="absolute inset-x-0 top-full mt-2 rounded-xl bg-surface shadow-raised">
      <ChoiceGroup
        key={question.id}
        question={question}
        open
        small
        onChoose={choose && ((option) => choose(question.id, option))}
      />
    </div>
  );
}
