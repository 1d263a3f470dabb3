/** A server for tests, in this process, behind `fetch`: streams in memory, the live endpoint, scripted commands. */
import { HEALTH_PATH, type LiveLine, type LiveRequest } from '../../protocol/index.ts';
import { OPENING_PATH, type Opening } from '../../protocol/requests/opening.ts';

interface FakeStream {
  readonly posts: (readonly unknown[])[];
  closed: boolean;
}

type Handler = (input: Record<string, unknown>) => object;

interface Live {
  readonly offsets: Map<string, string>;
  readonly write: (line: LiveLine) => void;
  readonly end: (error?: unknown) => void;
}

const START = '-1';

export class FakeServer {
  /** Every request so far: "GET /v1/stream/conversations?offset=-1". */
  readonly requests: string[] = [];
  readonly commands = new Map<string, Handler>();
  /** What `GET /api/models` answers. */
  models: () => object = () => ({
    models: [],
    default: { source: 'demo', id: 'demo' },
    sources: [],
    problems: [],
  });
  /** What `GET /api/opening` answers. Default: outlines have to be read. */
  opening: (asked: URLSearchParams) => Opening = () => null;
  /** Fetches fail while it is true. */
  down = false;
  /** A token is needed: nobody shows one (`null`), or one of this scope is shown. Undefined: none is needed. */
  scope: string | null | undefined;
  /** Under what answers may be kept; null: it does not say. */
  keptAs: string | null = null;
  /** Called before each request is answered; may wait, or throw what `fetch` shall reject with. */
  before: (request: string) => Promise<void> | void = () => {};
  /** What is answered in its place; undefined: it answers itself. */
  instead: (request: string) => Response | undefined = () => undefined;
  private readonly streams = new Map<string, FakeStream>([['conversations', { posts: [], closed: false }]]);
  private readonly lives = new Set<Live>();

  /** Requests that begin with `prefix`. */
  count(prefix: string): number {
    return this.requests.filter((request) => request.startsWith(prefix)).length;
  }

  get liveConnections(): number {
    return this.lives.size;
  }

  /** Some connection follows the stream. */
  following(stream: string): boolean {
    return [...this.lives].some((live) => live.offsets.has(stream));
  }

  create(stream: string): void {
    if (!this.streams.has(stream)) this.streams.set(stream, { posts: [], closed: false });
  }

  /** Appends items in one POST; returns the offsets around it. */
  append(stream: string, ...items: unknown[]): { start: string; end: string } {
    this.create(stream);
    const { posts } = this.streams.get(stream) as FakeStream;
    const start = offsetAt(posts.length);
    posts.push(items);
    const end = offsetAt(posts.length);
    this.tell(stream, items, end);
    return { start, end };
  }

  close(stream: string): void {
    const known = this.streams.get(stream) as FakeStream;
    known.closed = true;
    this.tell(stream, [], offsetAt(known.posts.length));
  }

  delete(stream: string): void {
    this.streams.delete(stream);
    for (const live of this.lives) if (live.offsets.has(stream)) live.write({ kind: 'gone', stream });
  }

  tail(stream: string): string {
    return offsetAt(this.streams.get(stream)?.posts.length ?? 0);
  }

  /** Ends every live connection abruptly, as a lost network does. */
  cut(): void {
    for (const live of [...this.lives]) live.end(new TypeError('network error'));
  }

  /** Says a line on every live connection. */
  say(line: LiveLine): void {
    for (const live of this.lives) live.write(line);
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input), 'http://fake');
    const request = `${init?.method ?? 'GET'} ${url.pathname}${url.search}`;
    this.requests.push(request);
    await this.before(request);
    init?.signal?.throwIfAborted();
    if (this.down) throw new TypeError('fetch failed');
    const instead = this.instead(request);
    if (instead) return instead;
    if (this.scope === null) return problem(401, 'signed-out', 'You are not signed in here.');
    const response = this.answer(url, init);
    if (this.scope) response.headers.set('bough-access', this.scope);
    if (this.keptAs) response.headers.set('bough-kept-as', this.keptAs);
    return response;
  };

  private answer(url: URL, init: RequestInit | undefined): Response {
    if (url.pathname.startsWith('/v1/stream/')) return this.read(url);
    if (url.pathname === '/api/models') return Response.json(this.models());
    if (url.pathname === HEALTH_PATH) return Response.json({ ok: true });
    if (url.pathname === OPENING_PATH) return Response.json(this.opening(url.searchParams));
    const body = init?.body ? JSON.parse(String(init.body)) : {};
    if (url.pathname === '/api/live') return this.live(body, init?.signal ?? undefined);
    return this.command(url.pathname.slice('/api/commands/'.length), body);
  }

  private read(url: URL): Response {
    const stream = this.streams.get(url.pathname.slice('/v1/stream/'.length));
    if (!stream) return problem(404, 'not-found', 'There is no such stream.');
    const from = indexOf(url.searchParams.get('offset') ?? START);
    if (Number.isNaN(from)) return problem(400, 'bad-request', 'This offset is not one of the stream.');
    const max = Number(url.searchParams.get('max') ?? 1_000_000);
    const posts = stream.posts.slice(from, from + max);
    const next = from + posts.length;
    const upToDate = next === stream.posts.length;
    const headers = {
      'stream-next-offset': offsetAt(next),
      ...(upToDate && { 'stream-up-to-date': 'true' }),
      ...(upToDate && stream.closed && { 'stream-closed': 'true' }),
    };
    return new Response(JSON.stringify(posts.flat()), { headers });
  }

  private live({ streams }: LiveRequest, signal: AbortSignal | undefined): Response {
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const live: Live = {
          offsets: new Map(streams.map(({ stream, offset }) => [stream, offset])),
          write: (line) => controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`)),
          end: (error) => {
            if (!this.lives.delete(live)) return;
            if (error) controller.error(error);
            else controller.close();
          },
        };
        this.lives.add(live);
        signal?.addEventListener('abort', () => live.end(signal.reason));
        for (const [stream] of live.offsets) this.greet(live, stream);
        live.write({ kind: 'ready' });
      },
    });
    return new Response(body);
  }

  private greet(live: Live, name: string): void {
    const stream = this.streams.get(name);
    if (!stream) return live.write({ kind: 'gone', stream: name });
    const from = live.offsets.get(name) as string;
    const posts = stream.posts.slice(indexOf(from));
    const next = offsetAt(stream.posts.length);
    if (posts.length === 0 && !stream.closed) return;
    live.write(frame(name, from, next, posts.flat(), stream.closed));
    live.offsets.set(name, next);
  }

  private tell(stream: string, items: readonly unknown[], next: string): void {
    const closed = this.streams.get(stream)?.closed ?? false;
    for (const live of this.lives) {
      const from = live.offsets.get(stream);
      if (from === undefined) continue;
      live.write(frame(stream, from, next, [...items], closed));
      live.offsets.set(stream, next);
    }
  }

  private command(name: string, input: Record<string, unknown>): Response {
    const handler = this.commands.get(name);
    if (!handler) return Response.json({});
    const answer = handler(input);
    return answer instanceof Response ? answer : Response.json(answer);
  }
}

export function problem(status: number, code: string, detail: string, facts?: object): Response {
  const body = { type: `about:blank#${code}`, title: code, status, detail, code, ...(facts && { facts }) };
  return Response.json(body, { status });
}

function frame(stream: string, from: string, next: string, items: unknown[], closed: boolean): LiveLine {
  return { kind: 'frame', stream, from, next, items, ...(closed && { closed }) };
}

const offsetAt = (index: number): string => `o${index}`;
const indexOf = (offset: string): number => (offset === START ? 0 : Number(/^o(\d+)$/.exec(offset)?.[1]));
