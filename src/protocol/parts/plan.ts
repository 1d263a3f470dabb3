/** What an agent means to do, as it last said it. */
import * as z from 'zod/mini';
import type { PartKind } from './kind.ts';
import { tokensOf } from './tokens.ts';

const schema = z.object({
  kind: z.literal('plan'),
  /** `state`: `pending`, `in_progress`, `completed`, or what a later agent says. */
  steps: z.readonly(z.array(z.object({ text: z.string(), state: z.string() }))),
});
export type PlanPart = z.infer<typeof schema>;

const lines = ({ steps }: PlanPart): string =>
  steps.map(({ text, state }) => `${state === 'completed' ? '[x]' : '[ ]'} ${text}`).join('\n');

export const plan: PartKind<PlanPart> = {
  kind: 'plan',
  schema,
  says: () => true,
  preview: () => 'Plan',
  plain: lines,
  forModel: (part) => `[Plan:\n${lines(part)}]`,
  tokens: (part) => tokensOf(lines(part)),
};
