import { isTableRule } from '../../../../protocol/reading/lines.ts';

/**
 * The end of a block that is still being written, as it will most likely go on: so that a heading does not flash up where a list
 * begins, nor stars and addresses before their end has come. Pure; finished text is never mended.
 */
export function mendEnd(block: string): string {
  if (/^ {0,3}(?:```|~~~|\$\$|\\\[)/.test(block)) return block;
  const table = mendTable(block);
  if (table !== undefined) return table;
  const text = block.replace(/\n[ \t>]*(?:-+|=+)[ \t]*$/, '');
  const from = text.lastIndexOf('\n') + 1;
  return text.slice(0, from) + mendLine(text.slice(from));
}

/** An alert that is being named: `> [!WAR`. */
const ALERT_BEGINS = /^([ \t]*>[ \t>]*)\[(?:![a-z]*)?$/i;

function mendLine(line: string): string {
  const alert = ALERT_BEGINS.exec(line);
  if (alert) return alert[1] as string;
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

/** The head of a table that has just begun, with the line under it that will most likely come: no raw bars flash up. */
function mendTable(block: string): string | undefined {
  const lines = block.split('\n');
  const last = lines.at(-1) ?? '';
  if (!/^ {0,3}\|/.test(last)) return undefined;
  const before = lines.at(-2) ?? '';
  const under = /^ {0,3}\|[|:\- \t]*$/.test(last) && /^ {0,3}\|/.test(before);
  if (lines.slice(0, -1).some((line) => isTableRule(line) && line.includes('|'))) return undefined;
  const head = under ? before : last;
  if (!under && /^ {0,3}\|/.test(before)) return undefined;
  const cells = head
    .replace(/\\\||`[^`]*`/g, '')
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|').length;
  const start = lines.slice(0, under ? -2 : -1);
  if (/^ {0,3}\|\s*$/.test(head)) return start.join('\n');
  return [...start, head, `|${'---|'.repeat(cells)}`].join('\n');
}
