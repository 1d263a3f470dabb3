/** Every setting as an option of the command line: `--port 5000` says what `BOUGH_PORT=5000` does, and wins over it. Pure. */

interface SettingOption {
  /** Without its dashes. */
  readonly name: string;
  /** Of the environment (src/server/settings.ts). */
  readonly variable: string;
  /** What it takes, as the help says it. Absent: nothing, it is a switch. */
  readonly takes?: string;
  readonly help: string;
}

export const SETTING_OPTIONS: readonly SettingOption[] = [
  { name: 'host', variable: 'BOUGH_HOST', takes: 'ADDRESS', help: 'where to listen (127.0.0.1)' },
  { name: 'port', variable: 'BOUGH_PORT', takes: 'NUMBER', help: 'port, or the next free one (4400)' },
  {
    name: 'data',
    variable: 'BOUGH_DATA',
    takes: 'FOLDER',
    help: 'where conversations are kept (the folder for data of users)',
  },
  { name: 'public-url', variable: 'BOUGH_PUBLIC_URL', takes: 'URL', help: 'where a proxy serves it (none)' },
  {
    name: 'origins',
    variable: 'BOUGH_ORIGINS',
    takes: 'LIST',
    help: 'sites whose pages may ask, with a token (none)',
  },
  {
    name: 'streams-url',
    variable: 'BOUGH_STREAMS_URL',
    takes: 'URL',
    help: 'a Durable Streams server to keep them at (none)',
  },
  {
    name: 'agents',
    variable: 'BOUGH_AGENTS',
    takes: '0|1',
    help: 'agents may be started (0 where others reach it)',
  },
  {
    name: 'agent-roots',
    variable: 'BOUGH_AGENT_ROOTS',
    takes: 'LIST',
    help: 'folders agents may work in (any)',
  },
  {
    name: 'local-models',
    variable: 'BOUGH_LOCAL_MODELS',
    takes: '0|1',
    help: 'look for models on this computer (1)',
  },
  { name: 'titles', variable: 'BOUGH_TITLES', takes: '0|1', help: 'models name conversations (1)' },
  {
    name: 'demo-modes',
    variable: 'BOUGH_DEMO_MODES',
    takes: '0|1',
    help: 'more demo models, for trying things (0)',
  },
  {
    name: 'demo-pause',
    variable: 'BOUGH_DEMO_PAUSE',
    takes: 'MS',
    help: 'wait of the demo before a word (25)',
  },
  {
    name: 'openai-url',
    variable: 'OPENAI_BASE_URL',
    takes: 'URL',
    help: 'an OpenAI-compatible server (OpenAI itself)',
  },
  { name: 'ollama', variable: 'OLLAMA_HOST', takes: 'ADDRESS', help: 'where Ollama runs (127.0.0.1:11434)' },
  {
    name: 'ollama-context',
    variable: 'OLLAMA_CONTEXT_LENGTH',
    takes: 'TOKENS',
    help: 'window of its models (8192)',
  },
  {
    name: 'asides-days',
    variable: 'BOUGH_ASIDES_DAYS',
    takes: 'DAYS',
    help: 'how long asides are kept (14)',
  },
  { name: 'log', variable: 'BOUGH_LOG', takes: 'LEVEL', help: 'debug, info or error (info)' },
];

/** Anybody on the computer can read the arguments of a process: keys come by the environment alone. */
export const SECRETS: readonly string[] = ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'BOUGH_STREAMS_TOKEN'];

export interface ReadArguments {
  /** What is neither an option nor the value of one, in order. */
  readonly words: readonly string[];
  /** Variables the options set. */
  readonly variables: Readonly<Record<string, string>>;
  readonly help: boolean;
  readonly version: boolean;
}

/**
 * Reads `bough` and what follows it. Options may stand anywhere, as `--port 5000` or `--port=5000`; after `--` all are words. `--fix`
 * and other options nobody knows here are words: they belong to the command.
 * @returns a sentence where a value is missing
 */
export function readArguments(args: readonly string[]): ReadArguments | string {
  const words: string[] = [];
  const variables: Record<string, string> = {};
  let [help, version] = [false, false];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] as string;
    if (arg === '--') {
      words.push(...args.slice(index + 1));
      break;
    }
    if (arg === '--help' || arg === '-h') help = true;
    else if (arg === '--version' || arg === '-v') version = true;
    else {
      const [, name, value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(arg) ?? [];
      const option = SETTING_OPTIONS.find((known) => known.name === name);
      if (option === undefined) words.push(arg);
      else {
        const given = value ?? args[index + 1];
        if (given === undefined || (value === undefined && given.startsWith('--')))
          return `--${option.name} needs a value: --${option.name} ${option.takes}.`;
        if (value === undefined) index += 1;
        variables[option.variable] = given;
      }
    }
  }
  return { words, variables, help, version };
}
