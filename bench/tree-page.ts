/** A page with the tree of a seeded conversation, and what is measured on it. */
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { ms, percentile } from './report.ts';

type Wheel = { dx?: number; dy?: number; zoom?: number; turn?: number };

/** Times the tree is moved before one gives up: cards are mounted when they come near. */
const MOVES = 10;

interface LiveCards {
  /** Cards that stand whole in the window. */
  readonly inSight: number;
  /** From the middle of the tree's window to the middle of the live cards that are there, in px. */
  readonly x: number;
  readonly y: number;
}

export class TreePage {
  readonly page: Page;
  private readonly cdp: CDPSession;

  private constructor(page: Page, cdp: CDPSession) {
    this.page = page;
    this.cdp = cdp;
  }

  static async of(page: Page): Promise<TreePage> {
    await page.addInitScript({ path: join(import.meta.dirname, 'watch-frames.js') });
    const cdp = await page.context().newCDPSession(page);
    // By what its thread takes of a processor: other work on the machine counts for nothing.
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new TreePage(page, cdp);
  }

  button(name: string) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Times from frame to frame in ms, while the wheel turns. */
  wheel(count: number, options: Wheel): Promise<number[]> {
    return this.page.evaluate<number[]>(`frames.wheel(${count}, ${JSON.stringify(options)})`);
  }

  /** From the press on "Tree" to its first cards, in ms. */
  firstPaint(): Promise<number> {
    return this.page.evaluate<number>('frames.firstPaint()');
  }

  /** Times from frame to frame while nothing is done, and what the main thread worked in each on average, in ms. */
  async watch(count: number): Promise<{ readonly times: number[]; readonly busy: number }> {
    const before = await this.metric('TaskDuration');
    const times = await this.page.evaluate<number[]>(`frames.idle(${count})`);
    const busy = ((await this.metric('TaskDuration')) - before) * 1_000;
    return { times, busy: busy / times.length };
  }

  /** Moves the tree until the cards of `count` live replies stand whole in the window. @throws where they do not */
  async seeLive(count: number): Promise<void> {
    for (let time = 0; time < MOVES; time += 1) {
      const { inSight, x, y } = await this.page.evaluate<LiveCards>('frames.live()');
      if (inSight >= count) return;
      const { width, height } = this.page.viewportSize() ?? { width: 0, height: 0 };
      await this.page.mouse.move(width / 2, height / 2);
      await this.page.mouse.wheel(x, y);
      await this.page.waitForTimeout(500);
    }
    const { inSight } = await this.page.evaluate<LiveCards>('frames.live()');
    throw new Error(`${inSight} of ${count} replies have a card in sight.`);
  }

  /** Bytes of the JavaScript heap after a collection. */
  async heap(): Promise<number> {
    await this.cdp.send('HeapProfiler.collectGarbage');
    await this.cdp.send('HeapProfiler.collectGarbage');
    return this.metric('JSHeapUsedSize');
  }

  private async metric(name: string): Promise<number> {
    const { metrics } = await this.cdp.send('Performance.getMetrics');
    return metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  }
}

/** "p95 17 ms, worst 33 ms, 60 fps". */
export function framesText(times: readonly number[]): string {
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return `p95 ${ms(percentile(times, 0.95))}, worst ${ms(Math.max(...times))}, ${(1_000 / mean).toFixed(0)} fps`;
}

export const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
