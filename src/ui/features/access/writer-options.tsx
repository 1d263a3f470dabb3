import { useId } from 'react';
import { useModels } from '../../../client/hooks/index.ts';
import type { Model } from '../../../protocol/index.ts';
import type { AccessToken } from '../../../protocol/requests/access.ts';
import { useRoute } from '../../stores/route.ts';
import type { TokenChoice } from './scopes.ts';
import * as strings from './strings.ts';

interface WriterOptionsProps {
  readonly choice: TokenChoice;
  readonly onChange: (choice: TokenChoice) => void;
}

/** Where a program may speak, and who answers it. */
export function WriterOptions({ choice, onChange }: WriterOptionsProps) {
  const route = useRoute();
  const { models } = useModels();
  const answers = useId();
  const { conversation: _conversation, ...everywhere } = choice;
  const { answers: _answers, ...unanswered } = choice;
  const chats = models.filter(({ kind }) => kind === 'chat');
  return (
    <div className="flex flex-col gap-3">
      {route.kind === 'conversation' && (
        <label className="flex min-h-10 items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={choice.conversation !== undefined}
            onChange={({ target }) =>
              onChange(target.checked ? { ...choice, conversation: route.id } : everywhere)
            }
            className="size-4 accent-leaf"
          />
          {strings.onlyThisOne}
        </label>
      )}
      <label htmlFor={answers} className="flex flex-col gap-1 text-sm">
        {strings.whoAnswers}
        <select
          id={answers}
          value={choice.answers ? modelOption(choice.answers) : ''}
          onChange={({ target }) => {
            const model = chats.find(({ ref }) => modelOption(ref) === target.value);
            onChange(model ? { ...choice, answers: model.ref } : unanswered);
          }}
          className="min-h-10 rounded-lg border border-line-strong bg-paper px-3 text-base"
        >
          <option value="">{strings.nobodyAnswers}</option>
          {chats.map((model) => (
            <option key={modelOption(model.ref)} value={modelOption(model.ref)}>
              {nameOf(model)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

const modelOption = ({ source, id }: Model['ref']): string => JSON.stringify([source, id]);
const nameOf = ({ name, sourceName, demo }: Model): string => (demo ? name : `${name} (${sourceName})`);

/** What a writer's token is further: for one conversation, with a model that answers. */
export function useListed({ conversation, answers }: AccessToken): readonly string[] {
  const { models } = useModels();
  const model = answers && models.find(({ ref }) => modelOption(ref) === modelOption(answers));
  return [
    ...(conversation === undefined ? [] : [strings.oneConversation]),
    ...(answers ? [strings.answeredBy(model ? nameOf(model) : answers.id)] : []),
  ];
}
