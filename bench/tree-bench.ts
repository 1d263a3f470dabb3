/** A seeded tree on a running server, and the pages that are opened on it: what the benches of the tree share. */
import type { Browser, Page } from '@playwright/test';
import type { Planned, SeededTree } from '../e2e/seed-tree.ts';
import { commandPath, newId } from '../src/protocol/index.ts';
import { TreePage } from './tree-page.ts';

export interface TreeBench extends SeededTree {
  readonly browser: Browser;
  readonly url: string;
  readonly plan: readonly Planned[];
}

export const WINDOW = { width: 1280, height: 800 };

/** From the address to a page one can talk on, in Chat, with `split` with the tree beside it; `took` in ms. */
export async function openCold(
  { url, conversation }: Pick<TreeBench, 'url' | 'conversation'>,
  page: Page,
  split: boolean,
): Promise<{ readonly tree: TreePage; readonly took: number }> {
  const tree = await TreePage.of(page);
  if (!split) await chooseChat(page, conversation);
  const began = performance.now();
  await page.goto(`${url}/c/${conversation}`);
  await page.getByRole('article').last().waitFor({ timeout: 60_000 });
  await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
  if (split) await page.locator('[data-card]').first().waitFor();
  return { tree, took: performance.now() - began };
}

/** As if a person had, before the page is opened: a tree with forks stands beside the chat by itself where there is room. */
export async function chooseChat(page: Page, conversation: string): Promise<void> {
  const chosen = JSON.stringify([[conversation, 'chat']]);
  await page.addInitScript((panes) => localStorage.setItem('bough:panes', panes), chosen);
}

/** A page of its own that shows the tree alone. The caller closes its context. */
export async function openTree(
  bench: Pick<TreeBench, 'browser' | 'url' | 'conversation'>,
  viewport = WINDOW,
): Promise<TreePage> {
  const context = await bench.browser.newContext({ viewport });
  const page = await context.newPage();
  const { tree } = await openCold(bench, page, false);
  await page.getByRole('radio', { name: 'Tree', exact: true }).click();
  await page.locator('[data-card]').first().waitFor();
  await page.waitForTimeout(1_000);
  return tree;
}

/** A reply on the newest path, counted from its end. */
export function replyFromEnd({ plan, ids }: Pick<TreeBench, 'plan' | 'ids'>, back: number): string {
  const path: number[] = [];
  for (let at: number | null = plan.length - 1; at !== null; at = plan[at]?.parent ?? null) path.push(at);
  const replies = path.filter((at) => plan[at]?.role === 'assistant');
  return ids[replies[back] as number] as string;
}

/** Says something after `parent` and asks `model` of the first source for a reply. */
export async function say(
  { url, conversation }: Pick<TreeBench, 'url' | 'conversation'>,
  parent: string,
  model: string,
): Promise<string> {
  const list = await (await fetch(`${url}/api/models`)).json();
  const body = {
    ...{ conversation, parent, message: newId(), reply: newId(), text: 'Tell the time', origin: 'fork' },
    model: { source: list.default.source, id: model },
  };
  const response = await fetch(url + commandPath('send'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
  return body.reply;
}

/** Ends a reply that is being written. */
export async function stop(
  { url, conversation }: Pick<TreeBench, 'url' | 'conversation'>,
  reply: string,
): Promise<void> {
  const response = await fetch(url + commandPath('stop'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ conversation, reply }),
  });
  if (!response.ok) throw new Error(await response.text());
}
