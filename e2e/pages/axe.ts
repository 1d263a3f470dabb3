import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

export type Scheme = 'light' | 'dark';

/**
 * What axe finds wrong with the page, or with the part of it that a selector names, in the light and in the dark; nothing is what a journey
 * expects. The page is left in the scheme that was looked at last.
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
    await atRest(page);
    const axe = new AxeBuilder({ page });
    const { violations } = await (part ? axe.include(part) : axe).analyze();
    for (const { id, nodes } of violations)
      faults.push(`${colorScheme}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  }
  return faults;
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
