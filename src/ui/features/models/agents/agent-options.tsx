import { useState } from 'react';
import { useChoosing, useOffer } from '../../../../client/hooks/conversation/use-offers.ts';
import { useAgents } from '../../../../client/hooks/use-agents.ts';
import type { ConversationView } from '../../../../client/types.ts';
import { ownOf } from '../../../../protocol/own-property.ts';
import {
  type AgentOffer,
  type AgentOption,
  type OptionValue,
  optionsNow,
} from '../../../../protocol/streams/offers.ts';
import { Spinner } from '../../../components/index.ts';
import { folderFor, useFolders } from '../../../stores/browser/folders.ts';
import { toastFailure } from '../../../stores/toasts.ts';
import {
  chooseBefore,
  hasAnswered,
  keepOffer,
  useAskedOffer,
  useChosenBefore,
} from '../../../stores/writing/agent-choices.ts';
import * as strings from './strings-agents.ts';

export interface AgentOptionsProps {
  /** Undefined: a chat that does not exist yet. */
  readonly view: ConversationView | undefined;
  /** What is written here is kept by. */
  readonly draft: string;
  /** The agent that answers next. */
  readonly agent: string;
}

const LOOK =
  'h-8 min-w-0 max-w-44 cursor-pointer truncate rounded-lg border border-transparent bg-transparent px-1.5 text-muted text-xs transition-colors hover:bg-hover hover:text-ink';

/** Modes, models and whatever else an agent lets people choose, beside its name. */
export function AgentOptions({ view, draft, agent }: AgentOptionsProps) {
  const offer = useOffer(view?.id, agent);
  useFolders(({ typed }) => typed[draft]);
  const folder = folderFor(draft, view?.header?.folder).trim();
  if (view && offer && offer.options.length > 0)
    return <LiveOptions conversation={view.id} agent={agent} offer={offer} />;
  return <OptionsBefore {...{ view, draft, agent, folder }} />;
}

interface LiveOptionsProps {
  readonly conversation: string;
  readonly agent: string;
  readonly offer: AgentOffer;
}

/** What is chosen holds at once, in all tabs. */
function LiveOptions({ conversation, agent, offer }: LiveOptionsProps) {
  const choose = useChoosing(conversation, agent);
  // Shown as chosen until the server says how it stands.
  const [waiting, setWaiting] = useState<readonly (readonly [option: string, value: OptionValue])[]>([]);
  const change = async (option: string, value: OptionValue) => {
    const change = [option, value] as const;
    setWaiting((before) => [...before, change]);
    await choose?.(option, value).catch(toastFailure);
    setWaiting((before) => before.filter((one) => one !== change));
  };
  return optionsNow(offer).map((option) => (
    <Option
      key={option.id}
      option={option}
      value={waiting.findLast(([id]) => id === option.id)?.[1] ?? option.value}
      disabled={!choose}
      onChange={(value) => void change(option.id, value)}
    />
  ));
}

/** Before its first answer nothing is known until somebody asks; what is chosen then goes with the message. */
function OptionsBefore({ view, draft, agent, folder }: AgentOptionsProps & { readonly folder: string }) {
  const agents = useAgents();
  const asked = useAskedOffer(agent, folder);
  const chosen = useChosenBefore(draft, agent);
  const [busy, setBusy] = useState(false);
  const load = async () => {
    setBusy(true);
    await agents('offers', { agent, folder }).then((offer) => keepOffer(agent, folder, offer), toastFailure);
    setBusy(false);
  };
  if (!asked) {
    if (folder === '' || hasAnswered(view, agent)) return null;
    return (
      <button
        type="button"
        data-tip={strings.loadMeans(agent, folder)}
        disabled={busy}
        onClick={() => void load()}
        className={`${LOOK} inline-flex items-center gap-1.5`}
      >
        {busy && <Spinner className="size-3.5" />}
        {busy ? strings.loadingOptions(agent) : strings.loadOptions}
      </button>
    );
  }
  if (asked.options.length === 0)
    return <span className="px-1.5 text-muted text-xs">{strings.noOptions(agent)}</span>;
  return asked.options.map((option) => (
    <Option
      key={option.id}
      option={option}
      value={ownOf(chosen, option.id) ?? option.value}
      disabled={hasAnswered(view, agent)}
      onChange={(value) => chooseBefore(draft, agent, option.id, value)}
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
