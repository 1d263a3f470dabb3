/** What went wrong in the page, as text for whoever mends it: where and when, and nothing of what people said beyond what the error says. Pure. */

interface Fault {
  readonly error: unknown;
  /** The components it was thrown in, the innermost first. */
  readonly within: string;
  /** Of the page. */
  readonly href: string;
  /** The build of the page. */
  readonly build: string;
  readonly browser: string;
  /** In ms since the epoch. */
  readonly at: number;
}

/** Most characters of each: a message may hold all of a text that could not be read. */
const MOST = { message: 500, stack: 4_000, within: 2_000 } as const;
/** Errors that one says it was caused by. */
const CAUSES = 3;

export function reportOf({ error, within, href, build, browser, at }: Fault): string {
  return [
    `Bough ${build}`,
    `When: ${new Date(at).toISOString()}`,
    `Where: ${placeOf(href)}`,
    `Browser: ${browser}`,
    '',
    ...thrown(error),
    ...(within.trim() === '' ? [] : ['', 'Drawn in:', within.trim().slice(0, MOST.within)]),
  ].join('\n');
}

/** Ids say nothing; what was searched for, and a token in an address, do. */
function placeOf(href: string): string {
  if (!URL.canParse(href)) return '?';
  const { pathname, searchParams } = new URL(href);
  const names = [...searchParams.keys()].map((name) => `${name}=…`);
  return pathname + (names.length > 0 ? `?${names.join('&')}` : '');
}

function thrown(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error)) return [`Thrown: ${typeof error}`];
  const { name, message, cause } = error;
  const stack = (error.stack ?? '').split('\n').filter((line) => /^\s*at |@.*:\d+:\d+$/.test(line));
  const causes = cause === undefined || depth === CAUSES ? [] : ['Caused by:', ...thrown(cause, depth + 1)];
  return [`${name}: ${message.slice(0, MOST.message)}`, stack.join('\n').slice(0, MOST.stack), ...causes];
}
