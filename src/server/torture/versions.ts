/**
 * Two versions on one engine: what one writes the other reads, shows and goes on with, and ends when its writer dies. The one before the
 * last change of the protocol (`BOUGH_BEFORE`: another commit), and this one; each writes for the other.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { type Tree, treeSnapshot } from '../../tree/index.ts';
import { type Built, builtFrom, builtHere, commitBefore, type Served, served } from './built.ts';
import { ended, type Held, holdConversation, treeAt } from './every-kind.ts';
import { serversAt } from './over-http.ts';
import { remoteEngine } from './remote-engine.ts';

export interface VersionsReport {
  readonly rounds: number;
  /** Messages each of the two wrote and the other showed. */
  readonly shown: number;
  readonly violations: readonly string[];
}

export interface VersionsOptions {
  readonly rounds: number;
  readonly onRound: (report: VersionsReport) => void;
}

export async function betweenVersions({ rounds, onRound }: VersionsOptions): Promise<VersionsReport> {
  const [now, before] = [
    await builtHere(),
    await builtFrom(process.env.BOUGH_BEFORE ?? (await commitBefore())),
  ];
  const { BOUGH_BROWSER: executablePath, BOUGH_BROWSER_ARGS: args = '' } = process.env;
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: args.split(' ') });
  let report: VersionsReport = { rounds: 0, shown: 0, violations: [] };
  try {
    for (let round = 1; round <= rounds; round += 1) {
      for (const [writer, reader] of [
        [now, before],
        [before, now],
      ] as const) {
        const { shown, violations } = await oneWay(writer, reader, browser);
        report = {
          rounds: round,
          shown: report.shown + shown,
          violations: [...report.violations, ...violations],
        };
      }
      onRound(report);
    }
    return report;
  } finally {
    await browser.close();
    await before.remove();
  }
}

/** One writes, the other reads. Ends what it starts. */
async function oneWay(
  writer: Built,
  reader: Built,
  browser: Browser,
): Promise<Omit<VersionsReport, 'rounds'>> {
  const engine = await remoteEngine('versions');
  const data = [0, 1].map(() => mkdtemp(join(tmpdir(), 'bough-versions-')));
  const [mine, theirs] = (await Promise.all(data)) as [string, string];
  const servers: Served[] = [];
  const violations: string[] = [];
  const wrong = (what: string) => violations.push(`${reader.name} reads what ${writer.name} wrote: ${what}`);
  try {
    const [writing, reading] = [
      await served(writer, engine.url, mine),
      await served(reader, engine.url, theirs),
    ];
    servers.push(writing, reading);
    const held = await holdConversation(writing.url);
    const shown = await looked(browser, reading.url, held, wrong);
    await goneOn(writing.url, reading.url, held, wrong);
    await takenOver(writing, reading.url, held, wrong);
    return { shown, violations };
  } finally {
    for (const server of servers) await server.kill();
    await engine.stop();
    for (const folder of [mine, theirs]) await rm(folder, { recursive: true, force: true });
  }
}

type Wrong = (what: string) => void;

/** The reader's page shows every message of the line, and has nothing to complain of. Answers how many. */
async function looked(browser: Browser, url: string, held: Held, wrong: Wrong): Promise<number> {
  const page = await browser.newPage();
  page.on('pageerror', (error) => wrong(`the page failed: ${error}`));
  try {
    await page.goto(`${url}/c/${held.conversation}?m=${held.tip}`);
    const tree = await treeAt(url, held.conversation);
    const line = lineTo(tree, held.tip);
    for (const id of line) {
      const text = held.said.get(id) ?? firstWords(tree.messages.get(id)?.preview);
      const found = page.getByRole('log').getByText(text).first();
      await found
        .waitFor({ state: 'attached', timeout: 20_000 })
        .catch(() => wrong(`“${text}” is not shown`));
    }
    return line.length;
  } finally {
    await page.close();
  }
}

/** Of a preview, what a page shows in one piece: up to the end of a sentence, or where markdown begins. */
const firstWords = (preview = ''): string => preview.split(/[.…*_`#[]/)[0] ?? '';

function lineTo({ messages }: Tree, tip: string): string[] {
  const line: string[] = [];
  for (let at: string | null | undefined = tip; at; at = messages.get(at)?.parent) line.unshift(at);
  return line;
}

/** The reader answers under what was written, and the writer has that too; nothing it wrote is another's now. */
async function goneOn(writing: string, reading: string, held: Held, wrong: Wrong): Promise<void> {
  const before = saying(await treeAt(writing, held.conversation));
  const [message, reply] = [randomUUID(), randomUUID()];
  const input = { conversation: held.conversation, message, reply, parent: held.tip, text: 'And on' };
  await serversAt(() => reading)
    .any()
    .execute('send', { ...input, model: { source: 'demo', id: 'tools' } });
  await ended(reading, held.conversation, reply);
  const tree = await treeAt(writing, held.conversation);
  if (!tree.messages.has(reply)) wrong('its answer did not become a message');
  const after = new Set(saying(tree));
  for (const change of before) if (!after.has(change)) wrong(`the outline lost ${change}`);
}

const saying = (tree: Tree): string[] => treeSnapshot(tree).map((change) => JSON.stringify(change));

/** The writer dies in mid-reply; the reader ends the reply, with what was said. */
async function takenOver(writing: Served, reading: string, held: Held, wrong: Wrong): Promise<void> {
  const [message, reply] = [randomUUID(), randomUUID()];
  const input = { conversation: held.conversation, message, reply, parent: held.tip, text: 'Once more' };
  await serversAt(() => writing.url)
    .any()
    .execute('send', { ...input, model: { source: 'demo', id: 'slow' } });
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await writing.kill();
  await ended(reading, held.conversation, reply);
  const tree = await treeAt(reading, held.conversation);
  if (tree.generations.get(reply)?.end?.reason !== 'interrupted')
    wrong('the reply did not end as interrupted');
  if (!tree.messages.get(reply)?.preview) wrong('the words of the reply are lost');
}
