/** What is typed of an agent: its arguments, its environment, or all of it as editors have it. Pure. */

export interface AgentValues {
  readonly name: string;
  readonly command: string;
  /** As in a shell: spaces between, quotes around what holds some. */
  readonly args: string;
  /** A variable a line. */
  readonly env: string;
}

/** The words of a line, without their quotes. Null: a quote is not closed. */
export function argsOf(line: string): string[] | null {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] as string;
    if (quote !== '') {
      if (sign === quote) quote = '';
      else
        word =
          (word ?? '') +
          (quote === '"' && sign === '\\' && /["\\]/.test(line[at + 1] ?? '') ? line[++at] : sign);
    } else if (sign === '"' || sign === "'") {
      quote = sign;
      word ??= '';
    } else if (/\s/.test(sign)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + sign;
  }
  if (quote !== '') return null;
  return word === undefined ? words : [...words, word];
}

/** `argsOf`, the other way. */
export function lineOf(args: readonly string[]): string {
  return args
    .map((arg) => (arg !== '' && /^[^\s"'\\]+$/.test(arg) ? arg : `"${arg.replace(/["\\]/g, '\\$&')}"`))
    .join(' ');
}

/** NAME=VALUE, one a line; `export` and empty lines are fine. Null: a line is none. */
export function envOf(text: string): Record<string, string> | null {
  const env: Record<string, string> = {};
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line);
    if (!match) return null;
    env[match[1] as string] = (match[2] as string).trim().replace(/^(["'])(.*)\1$/, '$2');
  }
  return env;
}

/** What was pasted from an editor's settings; null: it is something else. */
export function pastedAgent(text: string): AgentValues | null {
  if (!text.trim().startsWith('{')) return null;
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    const servers = (value.agent_servers ?? value) as Record<string, unknown>;
    const bare = typeof servers.command === 'string';
    const [name, one] = bare ? ['', servers] : (Object.entries(servers)[0] ?? []);
    const { command, args, env } = (one ?? {}) as Record<string, unknown>;
    if (typeof command !== 'string' || name === undefined) return null;
    const variables = Object.entries((env ?? {}) as Record<string, unknown>).map(
      ([key, text]) => `${key}=${text}`,
    );
    return {
      name,
      command,
      args: lineOf(Array.isArray(args) ? args.map(String) : []),
      env: variables.join('\n'),
    };
  } catch {
    return null;
  }
}
