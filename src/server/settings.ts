/** The settings, read once from the environment. Pure: the same values give the same settings. */
import { isIP } from 'node:net';
import { posix, win32 } from 'node:path';
import { LOG_LEVELS, type LogLevel } from './log.ts';

export interface ServerSettings {
  /** An address or name to listen on. Off loopback, or with a public URL, nothing works without an access token. */
  readonly host: string;
  /** Wanted; the next free one is taken if it is not (src/server/listen.ts). 0: any free port. */
  readonly port: number;
  /** Where a reverse proxy serves this Bough: an origin, `https://bough.example.org`. */
  readonly publicUrl?: string;
  /** Whose pages may ask too, with a bearer token: origins. */
  readonly origins?: readonly string[];
  /** Absolute path of the data folder; made when it is not there. */
  readonly data: string;
  /** An engine elsewhere. Undefined: the embedded one, in the data folder. */
  readonly streams?: StreamsSettings;
  /** OpenAI, or the compatible server at its base URL. */
  readonly openai?: OpenAiSettings;
  readonly anthropic?: { readonly key: string };
  /** `contextLength`: most tokens of a window, where a Modelfile does not say. */
  readonly ollama?: { readonly baseUrl?: string; readonly contextLength?: number };
  /** Servers of models are looked for on this machine. */
  readonly localModels: boolean;
  /** Models name conversations after their first exchange. */
  readonly titles: boolean;
  /** After so many days asides go that nobody kept, spoke in or looked at; 0: never. Default: 14. */
  readonly asidesDays?: number;
  /** The demo also offers its slow, long, reasoning, tools, fail and cut modes. */
  readonly demoModes: boolean;
  /** Milliseconds the demo waits before each word; undefined: as it does by itself. */
  readonly demoPause?: number;
  /** Agents may be started: they run commands as whoever runs Bough. */
  readonly agents: boolean;
  /** Absolute paths of the folders agents may work in; none: any. */
  readonly agentRoots: readonly string[];
  readonly log: LogLevel;
}

interface StreamsSettings {
  /** Streams are below it; without a slash at its end. May hold a secret in its path: not for the log. */
  readonly url: string;
  readonly token?: string;
}

interface OpenAiSettings {
  readonly baseUrl: string;
  readonly key?: string;
}

/** What the settings depend on apart from the environment. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  /** The user's home folder. */
  readonly home: string;
  /** What relative paths start from. */
  readonly cwd: string;
}

export type Parsed =
  | { readonly ok: true; readonly settings: ServerSettings }
  /** One line for each wrong value, ready to be printed. */
  | { readonly ok: false; readonly errors: readonly string[] };

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = 4400;
const OPENAI_URL = 'https://api.openai.com/v1';

/**
 * Reads BOUGH_HOST, BOUGH_PORT, BOUGH_PUBLIC_URL, BOUGH_ORIGINS, BOUGH_DATA, BOUGH_STREAMS_URL, BOUGH_STREAMS_TOKEN, BOUGH_DEMO_MODES,
 * BOUGH_DEMO_PAUSE, BOUGH_LOG, BOUGH_LOCAL_MODELS, BOUGH_TITLES, BOUGH_ASIDES_DAYS, BOUGH_AGENTS, BOUGH_AGENT_ROOTS, OPENAI_API_KEY, OPENAI_BASE_URL, ANTHROPIC_API_KEY, OLLAMA_HOST, OLLAMA_CONTEXT_LENGTH; empty is unset.
 */
export function parseSettings(env: Environment, around: Surroundings): Parsed {
  const errors: string[] = [];
  const wrong = <T>(line: string, instead: T): T => {
    errors.push(line);
    return instead;
  };
  const value = (name: string): string | undefined => env[name]?.trim() || undefined;
  const openai = openaiOf(value('OPENAI_BASE_URL'), value('OPENAI_API_KEY'), wrong);
  const anthropic = givenKey('ANTHROPIC_API_KEY', value('ANTHROPIC_API_KEY'), wrong);
  const ollama = ollamaOf(value('OLLAMA_HOST'), value('OLLAMA_CONTEXT_LENGTH'), wrong);
  const streams = streamsOf(value('BOUGH_STREAMS_URL'), value('BOUGH_STREAMS_TOKEN'), wrong);
  const publicUrl = publicUrlOf(value('BOUGH_PUBLIC_URL'), wrong);
  const origins = originsOf(value('BOUGH_ORIGINS'), wrong);
  const host = hostOf(value('BOUGH_HOST'), wrong);
  const demoPause = pauseOf('BOUGH_DEMO_PAUSE', value('BOUGH_DEMO_PAUSE'), wrong);
  const reached = publicUrl === undefined ? {} : { publicUrl };
  const settings: ServerSettings = {
    host,
    port: portOf(value('BOUGH_PORT'), wrong),
    ...reached,
    ...(origins.length > 0 && { origins }),
    data: dataOf(value('BOUGH_DATA'), env, around),
    demoModes: switchOf('BOUGH_DEMO_MODES', value('BOUGH_DEMO_MODES'), wrong),
    ...(demoPause !== undefined && { demoPause }),
    localModels: switchOf('BOUGH_LOCAL_MODELS', value('BOUGH_LOCAL_MODELS') ?? '1', wrong),
    asidesDays: daysOf('BOUGH_ASIDES_DAYS', value('BOUGH_ASIDES_DAYS'), wrong),
    titles: switchOf('BOUGH_TITLES', value('BOUGH_TITLES') ?? '1', wrong),
    // Off wherever others can reach Bough, unless it is said.
    agents: switchOf(
      'BOUGH_AGENTS',
      value('BOUGH_AGENTS') ?? (needsAccess({ host, ...reached }) ? '0' : '1'),
      wrong,
    ),
    agentRoots: rootsOf(value('BOUGH_AGENT_ROOTS'), around, wrong),
    log: logOf(value('BOUGH_LOG'), wrong),
    ...(openai && { openai }),
    ...(anthropic !== undefined && { anthropic: { key: anthropic } }),
    ...(ollama && { ollama }),
    ...(streams && { streams }),
  };
  return errors.length > 0 ? { ok: false, errors } : { ok: true, settings };
}

type Wrong = <T>(line: string, instead: T) => T;

function hostOf(text: string | undefined, wrong: Wrong): string {
  if (text === undefined) return DEFAULT_HOST;
  const host = text.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) > 0 || /^(?!.*\.\.)[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?$/.test(host)) return host;
  return wrong(
    `BOUGH_HOST=${text} is not a host: it takes an address of this computer (0.0.0.0: all of them) or a name.`,
    DEFAULT_HOST,
  );
}

function daysOf(name: string, text: string | undefined, wrong: Wrong): number {
  if (text === undefined) return 14;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  return wrong(`${name}=${text} is no number of days: it takes a whole number, 0 for never.`, 14);
}

function pauseOf(name: string, text: string | undefined, wrong: Wrong): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,4}$/.test(text)) return Number(text);
  return wrong(
    `${name}=${text} is no number of milliseconds: it takes a whole number from 0 to 9999.`,
    undefined,
  );
}

/** Null for what is no address of a site. */
function originOf(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password;
  return plain && url.pathname === '/' && !url.search && !url.hash ? url.origin : null;
}

function originsOf(text: string | undefined, wrong: Wrong): readonly string[] {
  return (text?.split(/[\s,]+/) ?? []).filter(Boolean).flatMap((each) => {
    const origin = originOf(each);
    if (origin !== null) return origin;
    return wrong(
      `BOUGH_ORIGINS: ${each} is not the address of a site: it takes some like https://app.example.org, with commas between.`,
      [],
    );
  });
}

function publicUrlOf(text: string | undefined, wrong: Wrong): string | undefined {
  const origin = text === undefined ? undefined : originOf(text);
  if (origin !== null) return origin;
  return wrong(
    'BOUGH_PUBLIC_URL is not the address of a site: it takes one like https://bough.example.org, without a path.',
    undefined,
  );
}

/** Others can reach it: nothing works without an access token. */
export const needsAccess = ({ host, publicUrl }: Pick<ServerSettings, 'host' | 'publicUrl'>): boolean =>
  !isLoopback(host) || publicUrl !== undefined;

/** Names and addresses that never leave this computer: `localhost`, `::1`, 127.0.0.0/8. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  const [first, ...rest] = host.split('.');
  return (
    first === '127' && rest.length === 3 && rest.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)
  );
}

function portOf(text: string | undefined, wrong: Wrong): number {
  if (text === undefined) return DEFAULT_PORT;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  return wrong(
    `BOUGH_PORT=${text} is not a port: it takes a number from 0 (any free port) to 65535.`,
    DEFAULT_PORT,
  );
}

function dataOf(text: string | undefined, env: Environment, { platform, home, cwd }: Surroundings): string {
  const path = platform === 'win32' ? win32 : posix;
  if (text !== undefined) return path.resolve(cwd, text);
  if (platform === 'win32') {
    return path.join(env.LOCALAPPDATA || path.join(home, 'AppData', 'Local'), 'Bough');
  }
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Bough');
  const xdg = env.XDG_DATA_HOME;
  // The XDG specification has relative paths ignored.
  return path.join(xdg && path.isAbsolute(xdg) ? xdg : path.join(home, '.local', 'share'), 'bough');
}

function openaiOf(
  url: string | undefined,
  key: string | undefined,
  wrong: Wrong,
): OpenAiSettings | undefined {
  if (url === undefined && key === undefined) return undefined;
  if (key !== undefined && !isSecret(key)) return wrong(notASecret('OPENAI_API_KEY'), undefined);
  const names = { url: 'OPENAI_BASE_URL', secret: 'OPENAI_API_KEY', example: OPENAI_URL };
  const baseUrl = url === undefined ? OPENAI_URL : (addressOf(url, names, wrong) ?? OPENAI_URL);
  return { baseUrl, ...(key !== undefined && { key }) };
}

function streamsOf(
  url: string | undefined,
  token: string | undefined,
  wrong: Wrong,
): StreamsSettings | undefined {
  if (token !== undefined && !isSecret(token)) return wrong(notASecret('BOUGH_STREAMS_TOKEN'), undefined);
  if (url === undefined) {
    if (token === undefined) return undefined;
    return wrong('BOUGH_STREAMS_TOKEN is set without BOUGH_STREAMS_URL: for which server is it?', undefined);
  }
  const example = 'http://127.0.0.1:4437/bough';
  const names = { url: 'BOUGH_STREAMS_URL', secret: 'BOUGH_STREAMS_TOKEN', example };
  const address = addressOf(url, names, wrong);
  return address === undefined ? undefined : { url: address, ...(token !== undefined && { token }) };
}

/** A header cannot carry anything else. */
const isSecret = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);

/** The value itself is not repeated. */
const notASecret = (name: string): string => `${name} holds spaces or other characters that no key has.`;

function givenKey(name: string, key: string | undefined, wrong: Wrong): string | undefined {
  return key === undefined || isSecret(key) ? key : wrong(notASecret(name), undefined);
}

/** As Ollama reads it: a host, a port, both, or an address. A server that listens everywhere is asked on this machine. */
function ollamaOf(
  host: string | undefined,
  context: string | undefined,
  wrong: Wrong,
): ServerSettings['ollama'] {
  const contextLength = contextOf(context, wrong);
  const length = contextLength === undefined ? {} : { contextLength };
  if (host === undefined) return contextLength === undefined ? undefined : length;
  const text = /^https?:\/\//i.test(host) ? host : `http://${host.replace(/^(?=:)/, '127.0.0.1')}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || url.username || url.password || url.search || url.hash)
    return wrong('OLLAMA_HOST is not an address: it takes one like 127.0.0.1:11434.', undefined);
  const hasPort = /:\d+(\/|$)/.test(text.replace(/^https?:\/\//i, ''));
  if (!hasPort && url.protocol === 'http:') url.port = '11434';
  if (url.hostname === '0.0.0.0' || url.hostname === '[::]') url.hostname = '127.0.0.1';
  return { baseUrl: url.href.replace(/\/+$/, ''), ...length };
}

function contextOf(text: string | undefined, wrong: Wrong): number | undefined {
  if (text === undefined || text === '0') return undefined;
  if (/^\d{3,8}$/.test(text)) return Number(text);
  return wrong('OLLAMA_CONTEXT_LENGTH is not a number of tokens: it takes one like 8192.', undefined);
}

/** As PATH is written. */
function rootsOf(
  text: string | undefined,
  { platform, home }: Surroundings,
  wrong: Wrong,
): readonly string[] {
  const path = platform === 'win32' ? win32 : posix;
  const roots = (text ?? '').split(path.delimiter).map((root) => root.trim().replace(/^~(?=$|[/\\])/, home));
  const named = roots.filter(Boolean);
  const relative = named.find((root) => !path.isAbsolute(root));
  if (relative === undefined) return named;
  return wrong(`BOUGH_AGENT_ROOTS holds ${relative}: it takes whole paths of folders.`, []);
}

interface AddressNames {
  readonly url: string;
  readonly secret: string;
  readonly example: string;
}

function addressOf(text: string, names: AddressNames, wrong: Wrong): string | undefined {
  // Addresses may hold secrets in more than one place: none is repeated.
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.username || url?.password) {
    const instead = `put the ${names.secret.endsWith('KEY') ? 'key' : 'token'} into ${names.secret} instead.`;
    return wrong(`${names.url} holds a user name or password: ${instead}`, undefined);
  }
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.search || url.hash)
    return wrong(`${names.url} is not an address: it takes one like ${names.example}.`, undefined);
  return url.href.replace(/\/+$/, '');
}

function switchOf(name: string, text: string | undefined, wrong: Wrong): boolean {
  if (text === undefined || text === '0') return false;
  return text === '1' || wrong(`${name}=${text} is not understood: it takes 1 (on) or 0 (off).`, false);
}

function logOf(text: string | undefined, wrong: Wrong): LogLevel {
  if (text === undefined) return 'info';
  const level = LOG_LEVELS.find((known) => known === text.toLowerCase());
  return level ?? wrong(`BOUGH_LOG=${text} is not understood: it takes ${LOG_LEVELS.join(', ')}.`, 'info');
}
