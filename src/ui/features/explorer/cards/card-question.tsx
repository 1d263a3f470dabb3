import { useAnswering, useReply } from '../../../../client/hooks/index.ts';
import { openQuestion, type QuestionPart } from '../../../../protocol/index.ts';
import type { Generation } from '../../../../tree/index.ts';
import { ChoiceGroup } from '../../../components/questions/choice-group.tsx';
import { useExplorer } from './explorer-context.ts';

/** What the reply of a card asks, below it, to be answered there. */
export function CardQuestion({ generation }: { readonly generation: Generation }) {
  const { conversation } = useExplorer();
  const { parts, end } = useReply(conversation, generation);
  const question = end ? undefined : openQuestion(parts);
  return question ? <Asked key={question.id} question={question} reply={generation.id} /> : null;
}

function Asked({ question, reply }: { readonly question: QuestionPart; readonly reply: string }) {
  const choose = useAnswering(useExplorer().conversation, reply);
  return (
    <div className="absolute inset-x-0 top-full mt-2 rounded-xl bg-surface shadow-raised">
      <ChoiceGroup
        question={question}
        scope={reply}
        open
        small
        onChoose={choose && ((option, values) => choose(question.id, option, values))}
      />
    </div>
  );
}
