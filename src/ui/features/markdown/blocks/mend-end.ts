/**
 * The end of a block that is still being written, as it will most likely go on: so that a heading does not flash up where a list
 * begins, nor stars and addresses before their end has come. Pure; finished text is never mended.
 */
export function mendEnd(block: string): string {
  if (/^ {0,3}(?:```|~~~|\$\$|\\\[)/.test(block)) return block;
  const text = block.replace(/\n[ \t>]*(?:-+|=+)[ \t]*$/, '');
  const from = text.lastIndexOf('\n') + 1;
  return text.slice(0, from) + mendLine(text.slice(from));
}

function mendLine(line: string): string {
  const ticks = line.match(/`+/g)?.map((run) => run.length) ?? [];
  if (ticks.every((length) => length === 1) && ticks.length % 2 === 1) return closed(line, '`');
  const linked = line.replace(/!?\[(?!\^)([^\][\n]*)\](?:\([^()\s]*)?$/, '$1');
  return (linked.match(/\*\*/g)?.length ?? 0) % 2 === 1 ? closed(linked, '**') : linked;
}

/** Closes what `sign` opened; takes the sign away where nothing has come after it yet. */
function closed(line: string, sign: string): string {
  const text = line.trimEnd();
  return text.endsWith(sign) ? text.slice(0, -sign.length) : text + sign;
}
