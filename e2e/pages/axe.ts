import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

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
  const axe = new AxeBuilder({ page })
    // What passes is not listed: that took half of the time. A page of one frame needs no second page to put results together.
    .options({ resultTypes: ['violations'], ...(rules && { runOnly: [...rules] }) })
    .setLegacyMode(page.frames().length === 1);
  const { violations } = await (part ? axe.include(part) : axe).analyze();
  return violations.map(
    ({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

/** Colours change slowly, and what comes fades in: in between there is no contrast to judge. What goes on for ever is not waited for. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(Number(effect?.getComputedTiming().endTime)));
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}
