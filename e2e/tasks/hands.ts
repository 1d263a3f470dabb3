/** Three ways to use the page, each of which counts what it does: one action is a click or tap, a key or chord, or one text typed. */
import type { Locator, Page } from '@playwright/test';
import { expect } from '../fixtures.ts';

/** What a task may take. */
const MOST = 3;

export class Hand {
  readonly page: Page;
  readonly done: string[] = [];

  constructor(page: Page) {
    this.page = page;
  }

  /** A click or a tap. It must be in sight and under nothing. */
  async click(what: Locator): Promise<void> {
    this.done.push(`click ${what}`);
    await what.click();
  }

  /** What a screen reader does with a control it knows by role and name: no pointer, no place. */
  async activate(what: Locator): Promise<void> {
    this.done.push(`activate ${what}`);
    await what.evaluate((element: HTMLElement) => {
      element.focus();
      element.click();
    });
  }

  async press(key: string): Promise<void> {
    this.done.push(`press ${key}`);
    await this.page.keyboard.press(key);
  }

  async type(words: string): Promise<void> {
    this.done.push(`type “${words}”`);
    await this.page.keyboard.type(words);
  }

  /** The browser's Back: its button, or Alt+Left. */
  async back(): Promise<void> {
    this.done.push('back');
    await this.page.goBack();
  }
}

/** Does a task and fails where it took too many actions. `reached` looks, and acts on nothing. */
export async function task(
  name: string,
  hand: Hand,
  doIt: () => Promise<void>,
  reached: () => Promise<void>,
): Promise<void> {
  hand.done.length = 0;
  await doIt();
  await reached();
  expect(hand.done.length, `${name}: ${hand.done.join(', ')}`).toBeLessThanOrEqual(MOST);
}
