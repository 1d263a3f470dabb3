/** `<think>…</think>` at the beginning of a reply, as many programs store it. Pure. */
import type { SourcePart } from '../nodes.ts';

export function thoughtsIn(text: string): SourcePart[] {
  const match = /^\s*<(think|thinking)>([\s\S]*?)(?:<\/\1>|$)/.exec(text);
  const said = match ? text.slice(match[0].length) : text;
  const thoughts = match?.[2]?.trim();
  return [
    ...(thoughts ? [{ kind: 'reasoning' as const, text: thoughts }] : []),
    ...(said.trim() === '' ? [] : [{ kind: 'text' as const, text: match ? said.trimStart() : said }]),
  ];
}
