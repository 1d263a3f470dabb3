/** What the tasks of a page take of a processor, so that other work on the machine counts for nothing. */
import type { Browser, Page } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Time of its own that it took of a processor, in µs. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: FramesNamed & FrameNamed };
}

interface FrameNamed {
  readonly url?: string;
  readonly processId?: number;
}

interface FramesNamed {
  readonly frames?: readonly FrameNamed[];
}

/** Of each task of the page's main thread while something goes on, in ms; those under 1 ms are none that anybody waits for. */
export async function ownTimesWhile(
  browser: Browser,
  page: Page,
  work: () => Promise<unknown>,
): Promise<number[]> {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  try {
    await work();
  } catch (error) {
    await browser.stopTracing();
    throw error;
  }
  return ownTimes(await browser.stopTracing());
}

function ownTimes(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const pages = pageProcesses(traceEvents);
  const of = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const named = ({ name, pid, args }: TraceEvent) =>
    name === 'thread_name' && args?.name === 'CrRendererMain' && pages.has(pid);
  const mains = new Set(traceEvents.filter(named).map(of));
  const tasks = traceEvents.filter((event) => event.name === 'RunTask' && mains.has(of(event)));
  return tasks.map(({ tdur = 0 }) => tdur / 1_000).filter((time) => time >= 1);
}

/** Those that show a page, at the start or since. The browser's own surfaces are pages too, in processes of their own. */
function pageProcesses(events: readonly TraceEvent[]): ReadonlySet<number> {
  const frames = events.flatMap(({ name, args }) => {
    if (name === 'TracingStartedInBrowser') return args?.data?.frames ?? [];
    return name === 'FrameCommittedInBrowser' && args?.data ? [args.data] : [];
  });
  return new Set(
    frames.flatMap(({ url, processId }) =>
      url?.startsWith('http') && processId !== undefined ? [processId] : [],
    ),
  );
}
