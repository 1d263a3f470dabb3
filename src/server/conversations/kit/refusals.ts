/** The refusals of commands (docs/protocol.md, "Commands"): status, code and the sentence a person reads. */
import { Refusal } from '../../../protocol/index.ts';
import { numberText } from '../../../protocol/language.ts';
import type { NoWay } from '../../../tree/index.ts';
import { commandName } from '../../command-name.ts';
import { EngineError, EngineUnavailable, type UnavailableWhy } from '../../engine/index.ts';

export const refusals = {
  noConversation: () => new Refusal(404, 'not-found', 'This conversation does not exist.'),
  deleted: () => new Refusal(410, 'gone', 'This conversation was deleted. Restore it first.'),
  purged: () => new Refusal(410, 'gone', 'This conversation was deleted for good and cannot be restored.'),
  fixedForGood: () =>
    new Refusal(
      409,
      'fixed',
      'Another program has written this with a time that nothing can be later than, so it cannot be changed any more.',
    ),
  noChatFolder: () => new Refusal(404, 'not-found', 'This folder does not exist any more.'),
  noParent: () => new Refusal(404, 'not-found', 'The message before it does not exist in this conversation.'),
  nothingToEdit: () =>
    new Refusal(404, 'not-found', 'The message to edit does not exist in this conversation.'),
  notRegenerated: () =>
    new Refusal(
      400,
      'bad-request',
      'Only a message of a person gets a reply. Save this one without asking for one.',
    ),
  noView: () =>
    new Refusal(
      400,
      'bad-request',
      'What was viewed is not in this conversation, or not under that message.',
    ),
  noMark: () => new Refusal(404, 'not-found', 'A message to mark does not exist in this conversation.'),
  noReply: () => new Refusal(404, 'not-found', 'This reply does not exist in this conversation.'),
  noQuestion: () => new Refusal(404, 'not-found', 'This reply does not ask that question.'),
  notOffered: () => new Refusal(400, 'bad-request', 'The question does not offer this answer.'),
  unfit: (sentence: string) => new Refusal(400, 'bad-request', sentence),
  ended: () =>
    new Refusal(409, 'ended', 'The reply has ended, so its question cannot be answered any more. Ask again.'),
  stillWriting: () =>
    new Refusal(
      409,
      'still-writing',
      'This reply is still being written. Stop it first, or wait for its end.',
    ),
  idTaken: () =>
    new Refusal(409, 'id-taken', 'This id already belongs to something else. Send again with a new one.'),
  notAQuestion: () => new Refusal(400, 'bad-request', 'Only a message of a person can be answered.'),
  notSummarised: () =>
    new Refusal(400, 'bad-request', 'A summary follows a reply. Ask for a reply to this message first.'),
  notOnTheWay: () => new Refusal(400, 'bad-request', 'This message is not on the way to the other.'),
  summarising: () => new Refusal(503, 'summarising', 'Earlier messages are being summarised to make room.'),
  notSummarisedByItself: (why: string) =>
    new Refusal(
      422,
      'context-too-large',
      `There is no room for this message, and earlier ones could not be summarised by themselves. ${why}`.trim(),
    ),
  nothingToSummarise: () =>
    new Refusal(
      400,
      'bad-request',
      'There is nothing before the turns that are kept word for word. Keep fewer of them.',
    ),
  sameIds: () => new Refusal(400, 'bad-request', 'A message and its reply need different ids.'),
  unknownFile: (name: string) =>
    new Refusal(422, 'unknown-file', `The file “${name}” is no longer here. Attach it again.`),
  originalAlone: (name: string) =>
    new Refusal(415, 'file-type', `No model here could read “${name}” as it is. Attach it again.`),
  unknownModel: () =>
    new Refusal(422, 'unknown-model', 'This model is not there any more. Choose another one and send again.'),
  noImages: (model: string) =>
    new Refusal(422, 'no-images', `${model} takes no images. Take the image away, or choose another model.`),
  noAudio: (model: string) =>
    new Refusal(422, 'no-audio', `${model} takes no audio. Take the audio away, or choose another model.`),
  noFolder: (agent: string) =>
    new Refusal(422, 'no-folder', `${agent} works in a folder. Say which one, then send again.`),
  folderFixed: (folder: string) =>
    new Refusal(
      409,
      'folder-fixed',
      `Agents have worked in ${folder} here. Begin a new chat for another folder.`,
    ),
  copyOrNot: (folder: string) =>
    new Refusal(
      409,
      'copy-or-not',
      `Another branch has worked in ${folder} since. This one can have a copy of it with the files as they were here, or go on with what is there now.`,
    ),
  cannotContinue: (agent: string) =>
    new Refusal(
      422,
      'cannot-continue',
      `${agent} is an agent and cannot continue inside a reply. Send it a message instead.`,
    ),
  notItsBeginning: () =>
    new Refusal(
      400,
      'bad-request',
      'A reply can only continue the beginning of another reply to the same message.',
    ),
  cannotGoBack: (agent: string, why: NoWay | undefined) =>
    new Refusal(409, 'cannot-go-back', `${agent} cannot go back to here. ${WHY_NOT[why ?? 'unknown']}`),
  noSuchOption: (agent: string) =>
    new Refusal(422, 'not-offered', `${agent} does not offer this any more. Choose from what it offers now.`),
  contextTooLarge: (model: string, size: ContextSize) =>
    new Refusal(422, 'context-too-large', tooLarge(model, size), {
      ...{ used: size.used, window: size.window, room: size.room },
      ...{ messages: size.of, fits: size.read },
    }),
};

const WHY_NOT: Readonly<Record<NoWay, string>> = {
  'not-its-own': 'Its sessions do not hold what others said.',
  unknown: 'It is not known where this reply stands in its session.',
  'moved-on': 'More was said in its session since, and it cannot fork it before that.',
  shared: 'Its session belongs to the chat this one was copied from, and it cannot fork it.',
  gone: 'Its session went when it ended, and it cannot open it again.',
  elsewhere: 'This branch has files of its own, and its session stays with those it has: it cannot fork it.',
};

/** The refusal for what failed in the engine. Each may pass, by itself or once a person has acted: the same request can be repeated (503). */
const UNAVAILABLE: Readonly<Record<UnavailableWhy | 'away', readonly [code: string, sentence: string]>> = {
  away: ['engine-unavailable', 'The storage did not answer. What was saved is safe; try again in a moment.'],
  full: [
    'storage-full',
    'The disk with the data folder is full. What was saved is safe; Bough continues when there is room again.',
  ],
  unwritable: [
    'storage-unwritable',
    'Bough cannot write to its data folder. What was saved is safe; the log of the server says more.',
  ],
  refused: [
    'storage-refused',
    'The storage refuses Bough. What was saved is safe; whoever runs Bough needs to check BOUGH_STREAMS_TOKEN.',
  ],
  elsewhere: [
    'storage-elsewhere',
    'Bough finds no storage at its address. What was saved is safe; whoever runs Bough needs to check BOUGH_STREAMS_URL.',
  ],
};

export const codeOfUnavailable = (why: UnavailableWhy): string => UNAVAILABLE[why][0];

/** What an error of the engine is to a person. */
export function engineRefusal(error: EngineError): Refusal {
  if (error instanceof EngineUnavailable) return new Refusal(503, ...UNAVAILABLE[error.why ?? 'away']);
  if (error.kind === 'damaged')
    return new Refusal(
      500,
      'damaged',
      `This conversation is damaged on the disk. Stop Bough and run “${commandName('doctor')}”: it says what is lost and how to mend the rest.`,
    );
  return new Refusal(
    500,
    'internal',
    'The storage cannot read this conversation. The log of the server says why.',
  );
}

interface ContextSize {
  readonly used: number;
  readonly window: number;
  readonly room: number;
  readonly read: number;
  readonly of: number;
}

function tooLarge(model: string, { used, window, read, of }: ContextSize): string {
  const size = `about ${numberText(used)} tokens, and ${model} reads ${numberText(window)} with its answer`;
  if (read === 0)
    return `This message is too large: with it the model has to read ${size}. Shorten it, or choose another model.`;
  return `This conversation is too large for the model: ${size}. Leave out the oldest messages (it would read the last ${read} of ${of}), or choose another model.`;
}

/** An error of the engine as a refusal; everything else as it is. */
export function asRefusal(error: unknown): unknown {
  if (!(error instanceof EngineError)) return error;
  const refusal = engineRefusal(error);
  refusal.cause = error;
  return refusal;
}

/** True when the outcome of a call to the engine is unknown: look, then try again. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof EngineError && error.kind === 'unavailable';
}

/** True when the engine does not know, any more, what it said before: there is no such stream, or it never gave the offset. */
export function isForgotten(error: unknown): boolean {
  return isMissing(error) || (error instanceof EngineError && error.kind === 'offset');
}

/** After the last attempt: what was behind it tells whether somebody can do something. `what`: "appending to". */
export function noAnswer(what: string, stream: string, trouble: unknown): EngineUnavailable {
  const why = trouble instanceof EngineUnavailable ? trouble.why : undefined;
  return new EngineUnavailable(`No answer while ${what} ${stream}.`, stream, { cause: trouble, why });
}

/** True when there is no such stream, or not any more. */
export function isMissing(error: unknown): boolean {
  return error instanceof EngineError && (error.kind === 'missing' || error.kind === 'gone');
}
