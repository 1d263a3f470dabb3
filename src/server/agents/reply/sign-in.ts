/** An agent that wants its person to sign in first, as a question. Pure. */
import { CounterpartFailure, type OpenQuestion } from '../../counterparts/port.ts';
import type { AgentFacts } from '../running-agent.ts';
import { clean, oneLine } from '../updates.ts';
import { DETAIL_LIMIT } from './permission.ts';

type SignIns = AgentFacts['signIns'];

/** Throws CounterpartFailure where there is no way to sign in from here. */
export function signInQuestion(agent: string, signIns: SignIns): Omit<OpenQuestion, 'id'> {
  if (signIns.length === 0)
    throw new CounterpartFailure({
      code: 'sign-in',
      sentence: `${agent} wants you to sign in first. Start it in a terminal and sign in there, then ask again.`,
    });
  const detail = signIns
    .flatMap(({ name, detail: more, command }) =>
      command ? `${name}: run ${command}` : more ? `${name}: ${more}` : [],
    )
    .join('\n');
  const ways = signIns.map(({ name, command }, at) => ({
    id: `o${at}`,
    name: oneLine(command ? `Done: ${name}` : name),
  }));
  return {
    ...{ asks: 'question', title: `${agent} wants you to sign in` },
    ...(detail !== '' && { detail: clean(detail).slice(0, DETAIL_LIMIT) }),
    options: [...ways, { id: 'no', name: 'Not now' }],
  };
}

/** Throws CounterpartFailure where the person would rather not. @param option the id that was chosen */
export function wayToSignIn(agent: string, signIns: SignIns, option: string): SignIns[number] {
  const way = option === 'no' ? undefined : signIns[Number(option.slice(1))];
  if (way) return way;
  throw new CounterpartFailure({
    code: 'sign-in',
    sentence: `${agent} answers once you have signed in to it.`,
  });
}
