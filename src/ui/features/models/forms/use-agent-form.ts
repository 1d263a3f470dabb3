import { useState } from 'react';
import { useAgents } from '../../../../client/hooks/use-agents.ts';
import { announce } from '../../../stores/announce.ts';
import * as strings from '../agents/strings-agents.ts';
import { type AgentValues, argsOf, envOf, pastedAgent } from './agent-words.ts';
import type { FormState } from './form-frame.tsx';

const NOTHING: AgentValues = { name: '', command: '', args: '', env: '' };

/** The form of an agent. */
export function useAgentForm(onDone: () => void) {
  const agents = useAgents();
  const [values, setValues] = useState(NOTHING);
  const [state, setState] = useState<FormState>({ kind: 'still' });
  const carryOut = async (what: string, work: (spec: Spec) => Promise<FormState>) => {
    const spec = specOf(values);
    if (typeof spec === 'string') return setState({ kind: 'bad', sentence: spec });
    setState({ kind: 'busy', what });
    setState(await work(spec).catch((error: Error) => ({ kind: 'bad' as const, sentence: error.message })));
  };
  const test = () =>
    carryOut(strings.starting, async (spec) => {
      const answer = await agents('test', spec);
      if (!answer.ok) return { kind: 'bad', sentence: answer.sentence };
      const version = answer.version === undefined ? '' : strings.version(answer.version);
      return { kind: 'good', sentence: strings.answers(version, answer.can.join(', ')) };
    });
  const save = () =>
    carryOut(strings.saving, async (spec) => {
      await agents('add', spec);
      announce(strings.saved(spec.name));
      onDone();
      return { kind: 'still' };
    });
  return {
    values,
    state,
    set: (change: Partial<AgentValues>) => {
      const pasted = change.command === undefined ? null : pastedAgent(change.command);
      setValues((before) =>
        pasted ? { ...pasted, name: pasted.name || before.name } : { ...before, ...change },
      );
      setState({ kind: 'still' });
    },
    test: () => void test(),
    save: () => void save(),
  };
}

interface Spec {
  readonly name: string;
  readonly command: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}

/** A sentence says what is missing. */
function specOf({ name, command, args, env }: AgentValues): Spec | string {
  if (command.trim() === '') return strings.needsCommand;
  const words = argsOf(args);
  if (!words) return strings.openQuote;
  const variables = envOf(env);
  if (!variables) return strings.oneVariableALine;
  const called = name.trim() || (command.trim().split(/[/\\]/).at(-1) as string);
  return { name: called, command: command.trim(), args: words, env: variables };
}
