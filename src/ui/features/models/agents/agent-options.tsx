import { useState } from 'react';
import { useChoosing, useOffer } from '../../../../client/hooks/conversation/use-offers.ts';
import { type AgentOption, type OptionValue, optionsNow } from '../../../../protocol/streams/offers.ts';
import { toastFailure } from '../../../stores/toasts.ts';

export interface AgentOptionsProps {
  readonly conversation: string;
  /** The agent that answers next. */
  readonly agent: string;
}

const LOOK =
  'h-8 min-w-0 max-w-44 cursor-pointer truncate rounded-lg border border-transparent bg-transparent px-1.5 text-muted text-xs transition-colors hover:bg-hover hover:text-ink';

/** Modes, models and whatever else an agent lets people choose, beside its name. What is chosen holds at once, in all tabs. */
export function AgentOptions({ conversation, agent }: AgentOptionsProps) {
  const offer = useOffer(conversation, agent);
  const choose = useChoosing(conversation, agent);
  // Shown as chosen until the server says how it stands.
  const [waiting, setWaiting] = useState<{ readonly option: string; readonly value: OptionValue }>();
  if (!offer || offer.options.length === 0) return null;
  const change = async (option: string, value: OptionValue) => {
    setWaiting({ option, value });
    await choose?.(option, value).catch(toastFailure);
    setWaiting(undefined);
  };
  return optionsNow(offer).map((option) => (
    <Option
      key={option.id}
      option={option}
      value={waiting?.option === option.id ? waiting.value : option.value}
      disabled={!choose}
      onChange={(value) => void change(option.id, value)}
    />
  ));
}

interface OptionProps {
  readonly option: AgentOption;
  readonly value: OptionValue;
  readonly disabled: boolean;
  readonly onChange: (value: OptionValue) => void;
}

function Option({ option: { name, about, choices }, value, disabled, onChange }: OptionProps) {
  if (!choices)
    return (
      <label title={about} className={`${LOOK} inline-flex items-center gap-1.5`}>
        <input
          type="checkbox"
          checked={value === true}
          disabled={disabled}
          onChange={({ target }) => onChange(target.checked)}
          className="size-3.5 accent-leaf"
        />
        <bdi className="truncate">{name}</bdi>
      </label>
    );
  const now = choices.find((choice) => choice.value === value);
  return (
    <select
      aria-label={name}
      title={[name, now?.about ?? about].filter(Boolean).join(': ')}
      value={String(value)}
      disabled={disabled}
      onChange={({ target }) => onChange(target.value)}
      className={LOOK}
    >
      {inGroups(choices).map(([group, own]) =>
        group === undefined ? (
          own.map(choiceOf)
        ) : (
          <optgroup key={group} label={group}>
            {own.map(choiceOf)}
          </optgroup>
        ),
      )}
    </select>
  );
}

type Choice = NonNullable<AgentOption['choices']>[number];

const choiceOf = ({ value, name, about }: Choice) => (
  <option key={value} value={value} title={about}>
    {name}
  </option>
);

/** Runs of one group, in the agent's order. */
function inGroups(choices: readonly Choice[]): readonly (readonly [string | undefined, readonly Choice[]])[] {
  const groups: [string | undefined, Choice[]][] = [];
  for (const choice of choices) {
    const last = groups.at(-1);
    if (last && last[0] === choice.group) last[1].push(choice);
    else groups.push([choice.group, [choice]]);
  }
  return groups;
}
