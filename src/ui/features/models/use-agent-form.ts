import { useState } from 'react';
import { useAgents } from '../../../client/hooks/use-agents.ts';
import { announce } from '../../stores/announce.ts';
import { type AgentValues, argsOf, envOf, pastedAgent } from './agent-words.ts';
import type { FormState } from './use-endpoint-form.ts';

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
    carryOut('Starting it…', async (spec) => {
      const answer = await agents('test', spec);
      if (!answer.ok) return { kind: 'bad', sentence: answer.sentence };
      const version = answer.version === undefined ? '' : `, version ${answer.version}`;
      return { kind: 'good', sentence: `It answers${version}: ${answer.can.join(', ')}.` };
    });
  const save = () =>
    carryOut('Keeping it…', async (spec) => {
      await agents('add', spec);
      announce(`${spec.name} is kept`);
      onDone();
      return { kind: 'still' };
    });
  return {
    values,
    state,
    busy: state.kind === 'busy',
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
  if (command.trim() === '') return 'A command is needed.';
  const words = argsOf(args);
  if (!words) return 'A quote in the arguments is not closed.';
  const variables = envOf(env);
  if (!variables) return 'The environment is one variable a line, as API_KEY=abc.';
  const called = name.trim() || (command.trim().split(/[/\\]/).at(-1) as string);
  return { name: called, command: command.trim(), args: words, env: variables };
}
