/** Whether a text can be sent now, and if not, why. Pure; the composer shows the reason and keeps the text. */
import type { ConversationView, ModelsView, PendingSend } from '../../../client/types.ts';
import { type FilePart, isAudio, isImage, MESSAGE_LIMIT, type Model } from '../../../protocol/index.ts';
import type { Picked } from '../../actions/who-answers.ts';
import { type Attachment, readyFiles } from '../../stores/writing/attachments.ts';

export type Readiness =
  | { readonly kind: 'ready' }
  | { readonly kind: 'empty' }
  /** It can go into the queue: sent once the reply `after` is done. */
  | { readonly kind: 'queues'; readonly after: string }
  | Obstacle;

type Obstacle =
  | { readonly kind: 'too-long'; readonly by: number }
  /** The message before it was not accepted yet, and asks for no reply. */
  | { readonly kind: 'behind' }
  | { readonly kind: 'loading' }
  /** A file is on its way. */
  | { readonly kind: 'uploading' }
  /** A file could not be uploaded, and would be missing. */
  | { readonly kind: 'not-uploaded'; readonly name: string }
  | RefusedFile
  | { readonly kind: 'no-model'; readonly name?: string };

export type RefusedFile =
  /** The model takes no images, or no audio. */
  | { readonly kind: 'no-images'; readonly model: string }
  | { readonly kind: 'no-audio'; readonly model: string }
  /** An image is larger than the model's provider takes; `size` and `most` in bytes. */
  | {
      readonly kind: 'large-image';
      readonly model: string;
      readonly name: string;
      readonly size: number;
      readonly most: number;
    };

interface Situation {
  readonly text: string;
  /** Default: none. */
  readonly attachments?: readonly Attachment[];
  /** How many messages it quotes. Default: none. */
  readonly quotes?: number;
  /** Undefined: a chat that does not exist yet. */
  readonly view: ConversationView | undefined;
  readonly picked: Picked;
  readonly models: ModelsView['status'];
  /** It starts a branch somewhere above: what goes on at the end of the path is not in its way. Default: false. */
  readonly fork?: boolean;
  /** What is in the queue, oldest first. Default: nothing. */
  readonly queue?: readonly PendingSend[];
}

export function readinessOf(situation: Situation): Readiness {
  const { text, attachments = [], quotes = 0, view, picked, models, fork = false, queue = [] } = situation;
  if (text.trim() === '' && attachments.length + quotes === 0) return { kind: 'empty' };
  const by = messageOf(text).length - MESSAGE_LIMIT;
  if (by > 0) return { kind: 'too-long', by };
  const failed = attachments.find(({ state }) => state.kind === 'failed');
  if (failed) return { kind: 'not-uploaded', name: failed.name };
  if (picked.kind !== 'model' && models === 'loading') return { kind: 'loading' };
  if (picked.kind === 'gone') return { kind: 'no-model', name: picked.ref.id };
  if (picked.kind === 'none') return { kind: 'no-model' };
  const refused = refusedFile(readyFiles(attachments), picked.model);
  if (refused) return refused;
  if (attachments.some(({ state }) => state.kind === 'uploading')) return { kind: 'uploading' };
  if (!view || fork) return { kind: 'ready' };
  if (view.status !== 'ready' && view.path.length === 0) return { kind: 'loading' };
  const after = replyBefore(view, queue);
  if (after !== undefined) return { kind: 'queues', after };
  return { kind: pendingAt(view) ? 'behind' : 'ready' };
}

/** The reply that is still to be done before something can follow the path and its queue; undefined: none is. */
export function replyBefore(
  view: Pick<ConversationView, 'path' | 'live'>,
  queue: readonly PendingSend[],
): string | undefined {
  const before = pendingAt(view);
  const reply = before ? before.reply : view.live?.id;
  return reply === undefined ? undefined : endOfQueue(queue, reply);
}

/** What is on its way at the end of the path. */
function pendingAt({ path }: Pick<ConversationView, 'path'>): PendingSend | undefined {
  const last = path.at(-1);
  return last?.kind === 'pending' && last.pending.state !== 'refused' ? last.pending : undefined;
}

/** The last reply that those in the queue behind `reply` ask for. */
function endOfQueue(queue: readonly PendingSend[], reply: string): string {
  let end = reply;
  for (const { after, reply: next } of queue) if (after === end && next !== undefined) end = next;
  return end;
}

/** Why the model is not sent these files: it takes no images or no audio, or an image is too large. */
export function refusedFile(files: readonly FilePart[], asked: Model): RefusedFile | undefined {
  const { name: model, imageLimit: most = Number.POSITIVE_INFINITY } = asked;
  const pictures = files.filter(isImage);
  if (asked.images === false && pictures.length > 0) return { kind: 'no-images', model };
  if (asked.audio === false && files.some(isAudio)) return { kind: 'no-audio', model };
  const found = pictures.find(({ size }) => size > most);
  return found && { kind: 'large-image', model, name: found.name, size: found.size, most };
}

/** What the composer says after an attempt: why it failed, or that the reason has passed. */
export type Refusal = Obstacle | { readonly kind: 'passed' };

/** `tried`: how ready the text was at the last attempt to send it, if that failed and the text is still the same. */
export function refusalOf(tried: Readiness['kind'] | undefined, now: Readiness): Refusal | undefined {
  if (tried === undefined || tried === 'empty' || now.kind === 'empty') return undefined;
  return now.kind === 'ready' || now.kind === 'queues' ? { kind: 'passed' } : now;
}

/** The text as it is sent: blank lines before and after are left off, indentation stays. */
export function messageOf(text: string): string {
  return text.replace(/^\s*\n/, '').trimEnd();
}

const COUNT_FROM = MESSAGE_LIMIT * 0.9;

/** How many characters are left, once that is worth saying; negative when there are too many. */
export function charactersLeft(text: string): number | undefined {
  return text.length < COUNT_FROM ? undefined : MESSAGE_LIMIT - messageOf(text).length;
}
