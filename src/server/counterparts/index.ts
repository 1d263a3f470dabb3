import type { ModelRef } from '../../tree/index.ts';
import type { ModelSource } from '../models/port.ts';
import { askingDemo } from './asking-demo.ts';
import { modelCounterpart } from './models.ts';
import type { Counterpart } from './port.ts';

export { modelCounterpart } from './models.ts';
export * from './port.ts';

/** Who answers for what can be chosen; undefined: nobody here does. */
export function createCounterparts(
  source: (ref: ModelRef) => ModelSource | undefined,
  agent: (ref: ModelRef) => Counterpart | undefined = () => undefined,
): (ref: ModelRef) => Counterpart | undefined {
  const asks = askingDemo();
  return (ref) => {
    const serves = source(ref);
    if (!serves) return agent(ref);
    return serves.facts.kind === 'demo' && ref.id === 'ask' ? asks : modelCounterpart(serves);
  };
}
