/** A call of a tool and, once known, its output or error. `input`, `output` and `error` are text, most often JSON. */
import * as z from 'zod/mini';
import type { PartKind } from './kind.ts';
import { tokensOf } from './tokens.ts';

/** As a part, and as the log item that begins one or says it anew. */
export const toolFields = {
  call: z.string(),
  name: z.string(),
  input: z.string(),
  output: z.exactOptional(z.string()),
  error: z.exactOptional(z.string()),
};

/** What grows of a call while it is written. */
const GROWING = ['input', 'output', 'error'] as const;

function grown(part: ToolPart, of: string, more: string): ToolPart {
  const field = GROWING.find((name) => name === of);
  return field ? { ...part, [field]: (part[field] ?? '') + more } : part;
}

const schema = z.object({ kind: z.literal('tool'), ...toolFields });
type ToolPart = z.infer<typeof schema>;

export const tool: PartKind<ToolPart> = {
  kind: 'tool',
  schema,
  log: {
    takes: GROWING,
    grow: (part, of, more) => part && grown(part, of, more),
  },
  says: () => true,
  preview: ({ name }) => `Called ${name}`,
  plain: () => '',
  found: ({ name, input, output = '', error = '' }) =>
    [name, input, output, error].filter(Boolean).join('\n'),
  forModel: ({ name, input, output, error }) => {
    const result =
      error !== undefined ? `failed: ${error}` : output !== undefined ? `gave: ${output}` : 'gave no result';
    return `[The tool “${name}” was called with ${input || 'nothing'} and ${result}]`;
  },
  tokens: ({ name, input, output = '', error = '' }) => tokensOf(name + input + output + error),
};
