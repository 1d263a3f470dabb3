/** `bough move [FROM] TO` on the command line. */
import { join } from 'node:path';
import { amountText } from '../../../protocol/language.ts';
import { commandName } from '../../command-name.ts';
import type { CommandContext, ExitCode } from '../command-context.ts';
import { calledOf, isSame, MoveError, openPlace, type PlaceName, placeName } from './place.ts';
import { type Moved, move } from './run.ts';

export const isMove = (words: readonly string[]): boolean =>
  (words.length === 1 || words.length === 2) && words.every((word) => !word.startsWith('-'));

/** @throws {MoveError | FolderError | EngineError} */
export async function runMove(around: CommandContext, words: readonly string[]): Promise<ExitCode> {
  const { settings, cwd, progress } = around;
  const [target = '', source] = [...words].reverse();
  const named = (text: string, token: string | undefined): PlaceName => {
    const name = placeName(text, cwd, token);
    const own = name.kind === 'engine' && name.url === settings.streams?.url;
    return own ? { ...name, token: token ?? settings.streams?.token } : name;
  };
  const from = source === undefined ? here(around) : named(source, around.tokens.from);
  const to = named(target, around.tokens.to);
  if (isSame(from, to)) throw new MoveError(`${calledOf(from)} is where it is already.`);
  const trouble = (): void => {};
  const old = await openPlace(from, { before: join(settings.data, 'files'), isSource: true, trouble });
  try {
    const fresh = await openPlace(to, { isSource: false, trouble });
    try {
      const onProgress = (moved: Moved, of: number): void =>
        progress(`${moved.conversations} of ${of} conversations, ${amountText(moved.messages, 'message')}`);
      return told(around, { from, to }, await move(old, fresh, { onProgress }));
    } finally {
      await fresh.close();
    }
  } finally {
    await old.close();
  }
}

/** Where this Bough keeps what it has now. */
function here({ settings, tokens }: CommandContext): PlaceName {
  const { streams, data } = settings;
  if (!streams) return { kind: 'folder', path: data };
  return { kind: 'engine', url: streams.url, token: tokens.from ?? streams.token };
}

function told(
  { say }: CommandContext,
  { from, to }: { readonly from: PlaceName; readonly to: PlaceName },
  moved: Moved,
): ExitCode {
  const { conversations, messages, known, files, tokens, shares, wrong, changed } = moved;
  const things = [
    amountText(conversations, 'conversation'),
    amountText(messages, 'message'),
    amountText(files, 'attached file'),
    amountText(tokens, 'access token'),
    amountText(shares, 'shared link'),
  ];
  say(`${things.join(', ')} of ${calledOf(from)}`);
  const already = known > 0 ? `; ${amountText(known, 'message')} of them were there before` : '';
  if (wrong.length > 0) {
    say(`are at ${calledOf(to)}${already}, but for this:`);
    for (const sentence of wrong) say(`- ${sentence}`);
    return 1;
  }
  say(`are at ${calledOf(to)}, and each was read there and compared${already}.`);
  if (changed.length > 0) {
    say(
      `In ${amountText(changed.length, 'conversation')} something was said meanwhile: stop every Bough there, and run this once more.`,
    );
    return 1;
  }
  const setting = to.kind === 'folder' ? `BOUGH_DATA=${to.path}` : 'BOUGH_STREAMS_URL';
  say(
    `${calledOf(from)} was left as it is. ${commandName('start')} with ${setting} goes on at the new place.`,
  );
  say(
    'Keys of models, agents and prompts were not moved: they belong to a computer, and stay in its data folder.',
  );
  return 0;
}
