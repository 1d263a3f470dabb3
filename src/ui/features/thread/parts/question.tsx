import { createContext, use } from 'react';
import { useAnswering } from '../../../../client/hooks/index.ts';
import { ChoiceGroup } from '../../../components/questions/choice-group.tsx';
import type { PartProps } from './part-props.ts';

/** The reply that is being written around, whose questions can be answered; undefined: it has ended. */
export interface OpenReply {
  readonly conversation: string;
  readonly reply: string;
}
export const OpenReplyContext = createContext<OpenReply | undefined>(undefined);

/** What a reply asks: its options while it waits, then what was chosen. */
export function QuestionPart({ part }: PartProps<'question'>) {
  const open = use(OpenReplyContext);
  const choose = useAnswering(open?.conversation ?? '', open?.reply ?? '');
  return (
    <ChoiceGroup
      question={part}
      scope={open?.reply ?? ''}
      open={open !== undefined && !part.answer}
      onChoose={choose && ((option, values) => choose(part.id, option, values))}
    />
  );
}
