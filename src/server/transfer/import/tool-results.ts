/** Results of tools that were said apart from their calls join them. Pure. */
import type { SourcePart } from './nodes.ts';

type ToolPart = Extract<SourcePart, { readonly kind: 'tool' }>;

/** A tool without a name: what a call gave, `call` being what the source knows of which. */
const isResult = (part: SourcePart): part is ToolPart => part.kind === 'tool' && part.name === '';
const isOpen = (part: SourcePart): part is ToolPart =>
  part.kind === 'tool' && part.name !== '' && part.output === undefined && part.error === undefined;

/** Each result goes into the open call of its id, else into the first open one; where none waits it stands for itself. */
export function withResults(parts: readonly SourcePart[]): SourcePart[] {
  const joined: SourcePart[] = [];
  for (const part of parts) {
    if (!isResult(part)) {
      joined.push(part);
      continue;
    }
    const own = joined.findIndex((other) => isOpen(other) && other.call === part.call);
    const at = own < 0 ? joined.findIndex(isOpen) : own;
    const call = joined[at];
    if (!call) joined.push({ ...part, name: 'tool' });
    else joined[at] = { ...part, ...(call as ToolPart), ...resultOf(part) };
  }
  return joined;
}

function resultOf({ output, error }: ToolPart): Partial<ToolPart> {
  return { ...(output !== undefined && { output }), ...(error !== undefined && { error }) };
}
