import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import axe, { type NodeResult, type RunOptions } from 'axe-core';

export type Scheme = 'light' | 'dark';

/** What can differ from one scheme to the other: the rest is the same page. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds wrong with the page, or with the part of it that a selector names, in the light and in the dark; nothing is what a journey
 * expects. The first scheme is looked at with all rules, the others with those of colour. The page is left in the scheme that was looked
 * at last.
 */
export async function axeFaults(
  page: Page,
  {
    part,
    schemes = ['light', 'dark'],
  }: { readonly part?: string; readonly schemes?: readonly Scheme[] } = {},
): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    const found = await violationsIn(page, part, colorScheme === schemes[0] ? undefined : OF_COLOUR);
    faults.push(...found.map((fault) => `${colorScheme}: ${fault}`));
  }
  return faults;
}

/**
 * What axe finds wrong, in the scheme that is on, once what moves is at rest. @param rules default: all that axe has by default
 * @returns `rule at element, element`
 */
export async function violationsIn(page: Page, part?: string, rules?: readonly string[]): Promise<string[]> {
  await atRest(page);
  const options = {
    // What passes is not listed: that took half of the time.
    resultTypes: ['violations' as const],
    // Style sheets are read for a rule about turned screens alone, which is off.
    preload: { assets: ['media'] },
    ...(rules && { runOnly: [...rules] }),
  };
  const { violations } =
    page.frames().length === 1
      ? await inOneFrame(page, part, options)
      : await inAllFrames(page, part, options);
  return violations.map(
    ({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

type Found = { readonly violations: readonly { readonly id: string; readonly nodes: readonly Node[] }[] };
type Node = Pick<NodeResult, 'target'>;

/** A page of one frame is given axe once: its builder gives it anew at each look, which costs more than to look. */
async function inOneFrame(page: Page, part: string | undefined, options: RunOptions): Promise<Found> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async ([context, how]) => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(context, how);
      return {
        violations: violations.map(({ id, nodes }) => ({
          id,
          nodes: nodes.map(({ target }) => ({ target })),
        })),
      };
    },
    [part ? { include: [[part]] } : { exclude: [] }, options] as const,
  );
}

function inAllFrames(page: Page, part: string | undefined, options: RunOptions): Promise<Found> {
  const builder = new AxeBuilder({ page }).options(options);
  return (part ? builder.include(part) : builder).analyze();
}

/**
 * Colours change slowly, and what comes fades in: in between there is no contrast to judge, so what ends is brought to its end. Where a colour is
 * inherited the end of one change begins another.
 */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = () =>
      document
        .getAnimations()
        .filter(({ effect }) => Number.isFinite(Number(effect?.getComputedTiming().endTime)));
    let moving: Animation[];
    do {
      await new Promise(requestAnimationFrame);
      moving = ending();
      for (const animation of moving) animation.finish();
    } while (moving.length > 0);
  });
}
