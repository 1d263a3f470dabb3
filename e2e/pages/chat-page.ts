/** The chat as a person finds it: by role and accessible name (docs/interface.md fixes the names), never by CSS class. */
import { expect, type Locator, type Page } from '@playwright/test';
import { MODELS_PATH, type ModelList } from '../../src/protocol/index.ts';
import { startTalk, type Talk } from './talk.ts';

const beginningWith = (name: string | RegExp): RegExp =>
  typeof name === 'string' ? new RegExp(`^${name}(?![\\w:])`) : name;

/** The dialog "Models", from the button that says who answers: where there is something to choose from, past those last used. */
export async function openModels(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /^Model: / }).click();
  const dialog = page.getByRole('dialog', { name: 'Models' });
  const all = page.getByRole('button', { name: 'All models…' });
  await expect(all.or(dialog).first()).toBeVisible();
  if (await all.isVisible()) await all.click();
  await expect(dialog).toBeVisible();
  return dialog;
}

/**
 * What every journey waits for is waited for by `waitFor`: each look of `expect(…).toBeVisible()` that finds nothing describes the whole page,
 * in case it was the last.
 */
export class ChatPage {
  readonly page: Page;
  readonly url: string;

  constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
  }

  get box(): Locator {
    return this.page.getByRole('textbox', { name: 'Message', exact: true });
  }

  get sendButton(): Locator {
    return this.page.getByRole('button', { name: 'Send', exact: true });
  }

  get stopButton(): Locator {
    return this.page.getByRole('button', { name: 'Stop', exact: true });
  }

  get sidebar(): Locator {
    return this.page.getByRole('navigation', { name: 'Conversations' });
  }

  get log(): Locator {
    return this.page.getByRole('log');
  }

  /** The n-th message of the visible path, counted from 1. */
  message(n: number): Locator {
    return this.page.getByRole('article', { name: new RegExp(`^(You|Assistant), message ${n}$`) });
  }

  assistant(n: number): Locator {
    return this.page.getByRole('article', { name: `Assistant, message ${n}`, exact: true });
  }

  user(n: number): Locator {
    return this.page.getByRole('article', { name: `You, message ${n}`, exact: true });
  }

  /** @param model what was chosen last in this browser, where nothing was chosen in the journey yet; as `chooseModel` takes it. Default: nothing. */
  async openNew(model?: string | RegExp): Promise<void> {
    if (model !== undefined) await this.#chosenBefore(model);
    await this.page.goto(this.url);
    await this.box.waitFor();
  }

  /**
   * Opens a conversation in which all of `questions` were asked and answered, by commands: for journeys that are about what comes after.
   * @param model default: what a new chat would ask
   */
  async openWith(questions: readonly string[], model?: string): Promise<Talk> {
    const talk = await startTalk(this.url, model);
    for (const question of questions) await talk.ask(question);
    await this.openTalk(talk);
    return talk;
  }

  async openTalk({ id, tip }: Talk): Promise<void> {
    await this.page.goto(`${this.url}/c/${id}`);
    if (tip) await this.assistant(tip.n).waitFor();
    await this.settled();
  }

  async chooseModel(name: string | RegExp): Promise<void> {
    const dialog = await openModels(this.page);
    await dialog.getByRole('radio', { name: beginningWith(name) }).click();
    await this.page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }

  /** As the page keeps what was chosen for new chats. Choosing by hand is the subject of other journeys, and costs 0.2 s of the processors. */
  async #chosenBefore(name: string | RegExp): Promise<void> {
    const { models } = (await (await fetch(this.url + MODELS_PATH)).json()) as ModelList;
    const found = models.find((model) => beginningWith(name).test(model.name));
    if (!found) throw new Error(`There is no model ${name}: ${models.map((model) => model.name).join(', ')}`);
    await this.page.addInitScript((ref) => {
      if (window !== top || localStorage.getItem('bough:models')) return;
      localStorage.setItem('bough:models', JSON.stringify({ last: ref, recent: [ref] }));
    }, found.ref);
  }

  async send(text: string): Promise<void> {
    await this.box.fill(text);
    await this.sendButton.click();
  }

  /** Waits until nothing is being written on the visible path: a whole reply may have to come first. */
  async settled(): Promise<void> {
    await this.sendButton.waitFor({ timeout: 30_000 });
    // Side by side each reply has a button of its own.
    await expect(this.stopButton).toHaveCount(0);
  }

  /** Sends and waits for the whole answer, message n. */
  async ask(text: string, n: number): Promise<Locator> {
    await this.send(text);
    await this.assistant(n).waitFor({ timeout: 20_000 });
    await this.settled();
    return this.assistant(n);
  }

  /** The box in which a message is edited. */
  get editor(): Locator {
    return this.page.getByRole('textbox', { name: 'Edit message' });
  }

  /** Says something else in place of `message`, which is answered. */
  async edit(message: Locator, text: string): Promise<void> {
    await message.hover();
    await message.getByRole('button', { name: 'Edit', exact: true }).click();
    await this.editor.fill(text);
    await this.saveAndSend();
  }

  async saveAndSend(): Promise<void> {
    await this.page.getByRole('button', { name: 'Save & send' }).click();
  }

  /** Opens what there is besides for a message. */
  async menuOf(message: Locator): Promise<Locator> {
    await message.hover();
    await message.getByRole('button', { name: 'More', exact: true }).click();
    return this.page.getByRole('menu', { name: 'More' });
  }

  /** Chooses in the menu "More" of a message. */
  async inMenu(message: Locator, item: string | RegExp): Promise<void> {
    await (await this.menuOf(message)).getByRole('menuitem', { name: item }).click();
  }

  /** Opens the palette and types there. */
  async inPalette(words: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+K');
    await this.page.getByRole('combobox', { name: 'Search chats and actions' }).fill(words);
  }

  conversationId(): string {
    const id = /\/c\/([^/?]+)/.exec(this.page.url())?.[1];
    if (!id) throw new Error(`No conversation in ${this.page.url()}`);
    return id;
  }
}
