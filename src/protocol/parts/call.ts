/** Something an agent did with a tool of its own. What it changed in files are parts of their own (`diff`). */
import * as z from 'zod/mini';
import type { PartKind } from './kind.ts';
import { tokensOf } from './tokens.ts';

const schema = z.object({
  kind: z.literal('call'),
  id: z.string(),
  title: z.string(),
  /** The agent's word for its sort: `read`, `edit`, `execute`, … */
  sort: z.exactOptional(z.string()),
  /** All it was, in order, with spaces between: it grows in the log. The last word counts: `pending`, `in_progress`, `completed`, `failed`. */
  states: z.string(),
  files: z.exactOptional(
    z.readonly(z.array(z.object({ path: z.string(), line: z.exactOptional(z.number()) }))),
  ),
  /** What the agent shows of it. */
  text: z.exactOptional(z.string()),
  /** As the tool was called and what it gave: text, most often JSON. */
  input: z.exactOptional(z.string()),
  output: z.exactOptional(z.string()),
});
export type CallPart = z.infer<typeof schema>;

export const call: PartKind<CallPart> = {
  kind: 'call',
  schema,
  says: () => true,
  preview: ({ title }) => title,
  plain: ({ title, text = '' }) => [title, text].filter(Boolean).join('\n'),
  forModel: (part) =>
    `[${part.title} (${callState(part).replace('_', ' ')})${part.text ? `: ${part.text}` : ''}]`,
  tokens: ({ title, text = '' }) => tokensOf(title + text),
};

/** The last state it was said to be in. */
export const callState = ({ states }: Pick<CallPart, 'states'>): string => states.split(' ').at(-1) ?? '';
