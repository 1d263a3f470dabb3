/** `doctor`: looks a data folder through while Bough is stopped, says in words what it finds, and mends it if asked to. */
import { join } from 'node:path';
import { amountText } from '../../../protocol/language.ts';
import { commandName } from '../../command-name.ts';
import { FolderError, findFolder, openFolder } from '../../engine/embedded/folder.ts';
import type { CommandContext, ExitCode } from '../command-context.ts';
import { stampOf } from '../wording.ts';
import { examine } from './examine.ts';
import type { Examined, Finding } from './findings.ts';
import { mendAll } from './mend.ts';

/** What was mended may show what was hidden behind it: a log, then how branches fit together, then the outline, then the list. */
const PASSES = 6;

export async function doctor(around: CommandContext, fix: boolean): Promise<ExitCode> {
  const { path } = await findFolder(around.settings.data);
  const folder = await openFolder(path).catch((error: unknown) => {
    if (!(error instanceof FolderError) || error.kind !== 'in-use') throw error;
    throw new FolderError('in-use', `Bough is running in ${path}: stop it first, then ask the doctor again.`);
  });
  try {
    await around.checkSound(folder.engine);
    return fix ? await mend(path, around) : report(await look(path, around), [], path, around);
  } finally {
    await folder.release();
  }
}

function look(path: string, { now, progress }: CommandContext): Promise<Examined> {
  return examine(path, {
    now: now().getTime(),
    onProgress: (done, of) => progress(`${done} of ${of} conversations`),
  });
}

/** @param lost what was lost, and is not found any more: something stands in for it */
function report(
  examined: Examined,
  lost: readonly Finding[],
  path: string,
  { say }: CommandContext,
): ExitCode {
  const { conversations, messages, findings } = examined;
  say(`${amountText(conversations, 'conversation')} with ${amountText(messages, 'message')} in ${path}.`);
  tell(say, 'Lost:', [...lost, ...of(findings, 'loss')]);
  tell(say, 'Wrong:', of(findings, 'problem'));
  tell(say, 'Nothing to worry about, the next start sees to it:', together(of(findings, 'harmless')));
  const mendable = findings.filter(({ mend }) => mend).length;
  if (mendable > 0) say(`\n${commandName('doctor --fix')} mends what can be mended.`);
  if (!isWell(findings)) return 1;
  say(lost.length > 0 ? '\nAll that is left can be read.' : 'All is well.');
  return lost.length > 0 ? 1 : 0;
}

async function mend(path: string, around: CommandContext): Promise<ExitCode> {
  const { say } = around;
  const aside = join(path, 'set-aside', stampOf(around.now()));
  const mended: Finding[] = [];
  let examined = await look(path, around);
  for (let pass = 0; pass < PASSES; pass += 1) {
    const todo = examined.findings.filter((finding) => finding.mend);
    if (todo.length === 0) break;
    await mendAll(path, todo, aside);
    mended.push(...todo);
    examined = await look(path, around);
  }
  tell(
    say,
    'Mended:',
    mended.filter(({ kind }) => kind !== 'loss'),
  );
  if (mended.some(({ mend: done }) => ['refill', 'set-aside', 'anew', 'index'].includes(done?.kind ?? '')))
    say(`What was replaced or taken away is in ${aside}.`);
  return report(examined, lostIn(mended, examined.findings), path, around);
}

/** A damaged attachment that was taken away is told as one that is not there. */
function lostIn(mended: readonly Finding[], left: readonly Finding[]): Finding[] {
  const isTold = ({ about, mend: done }: Finding): boolean =>
    done?.kind === 'set-aside' && left.some((other) => other.kind === 'loss' && other.about === about);
  return of(mended, 'loss').filter((finding) => !isTold(finding));
}

/** One line for all that are alike: after a kill it may be every conversation. */
function together(findings: readonly Finding[]): readonly Pick<Finding, 'about' | 'words'>[] {
  const kinds = new Map<unknown, Finding[]>();
  for (const finding of findings) {
    const kind = finding.alike?.say ?? finding;
    kinds.set(kind, [...(kinds.get(kind) ?? []), finding]);
  }
  return [...kinds.values()].flatMap((alike) => {
    const { say } = alike[0]?.alike ?? {};
    if (!say || alike.length === 1) return alike;
    const count = alike.reduce((sum, finding) => sum + (finding.alike?.count ?? 0), 0);
    return [{ about: amountText(alike.length, 'conversation'), words: say(count) }];
  });
}

const of = (findings: readonly Finding[], kind: Finding['kind']): Finding[] =>
  findings.filter((finding) => finding.kind === kind);

const isWell = (findings: readonly Finding[]): boolean => findings.every(({ kind }) => kind === 'harmless');

function tell(
  say: (line: string) => void,
  title: string,
  findings: readonly Pick<Finding, 'about' | 'words'>[],
): void {
  if (findings.length === 0) return;
  say(`\n${title}`);
  for (const { about, words } of findings) say(`- ${about}: ${words}.`);
}
