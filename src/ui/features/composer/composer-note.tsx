import { type ReactNode, useEffect, useMemo } from 'react';
import type { ConversationView } from '../../../client/types.ts';
import { MESSAGE_LIMIT, TEXT_FILE_LIMIT } from '../../../protocol/index.ts';
import { type ModelRef, sameModel } from '../../../tree/index.ts';
import { Button } from '../../components/index.ts';
import { sizeText } from '../../components/size-text.ts';
import { announce } from '../../stores/announce.ts';
import type { Refusal, RefusedFile } from './readiness.ts';
import * as strings from './strings-later.ts';

export interface NoteProps {
  readonly id: string;
  /** What is in the box. */
  readonly text: string;
  /** Why what was tried did not happen. */
  readonly refusal: Refusal | undefined;
  /** Characters left, when they are worth counting. */
  readonly left: number | undefined;
  readonly onRetryModels: () => void;
}

/** The line above the box: why a text was not sent, with the way out. The text itself stays where it is. */
export function ComposerNote({ id, text, refusal, left, onRetryModels }: NoteProps) {
  const tooMany = left !== undefined && left < 0;
  const isForFile = useMemo(() => !tooMany || fitsFile(text), [tooMany, text]);
  const long = tooMany && (!refusal || refusal.kind === 'too-long');
  const sentence = long ? tooLong(-left, isForFile) : refusal && sentenceOf(refusal);
  // The count changes with every key; that it is too long is said once.
  const spoken = long ? strings.tooLong(isForFile) : sentence;
  useEffect(() => {
    if (spoken) announce(spoken);
  }, [spoken]);

  if (!sentence) return left === undefined ? null : <Line id={id}>{strings.charactersLeft(left)}</Line>;
  return (
    <Line id={id} warn>
      <span className="min-w-0 flex-1">{sentence}</span>
      {refusal?.kind === 'no-model' && refusal.name === undefined && (
        <Button onClick={onRetryModels}>{strings.tryAgain}</Button>
      )}
    </Line>
  );
}

function sentenceOf(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'too-long':
      return tooLong(refusal.by, true);
    case 'behind':
      return strings.afterMessage;
    case 'loading':
      return strings.stillLoading;
    case 'uploading':
      return strings.afterFile;
    case 'not-uploaded':
      return strings.notUploaded(refusal.name);
    case 'no-images':
    case 'no-audio':
    case 'large-image':
      return refusedFileText(refusal);
    case 'no-model':
      return refusal.name === undefined ? strings.modelsNotLoaded : strings.modelGone(refusal.name);
    case 'passed':
      return strings.readyToSend;
  }
}

export function refusedFileText(refused: RefusedFile): string {
  const { kind, model } = refused;
  if (kind === 'no-images') return strings.noImages(model);
  if (kind === 'no-audio') return strings.noAudio(model);
  return strings.largeImage(refused.name, sizeText(refused.size), model, sizeText(refused.most));
}

export interface StandInProps {
  readonly view: ConversationView | undefined;
  /** The model of the conversation, which is not here, and the name of the one that answers in its place. */
  readonly wanted: ModelRef;
  readonly name: string;
}

/** Until the first message to it: from then on it is the model of the conversation (decision 0241). */
export function StandInNote({ view, wanted, name }: StandInProps) {
  const sentence = strings.answersInstead(nameOnPath(view, wanted), name);
  useEffect(() => announce(sentence), [sentence]);
  return <p className="mb-1.5 px-4 text-muted text-sm">{sentence}</p>;
}

/** What the replies it wrote call it. */
function nameOnPath(view: ConversationView | undefined, wanted: ModelRef): string {
  for (const entry of view?.path.toReversed() ?? []) {
    const author = entry.kind === 'message' ? entry.header.author : undefined;
    if (author?.kind === 'model' && sameModel(author.model, wanted)) return author.name;
  }
  return wanted.id;
}

function tooLong(by: number, isForFile: boolean): string {
  return isForFile
    ? strings.tooLongBy(by, MESSAGE_LIMIT)
    : strings.tooLongForAll(MESSAGE_LIMIT, sizeText(TEXT_FILE_LIMIT));
}

const fitsFile = (text: string): boolean =>
  text.length <= TEXT_FILE_LIMIT && new Blob([text]).size <= TEXT_FILE_LIMIT;

function Line({
  id,
  warn = false,
  children,
}: {
  readonly id: string;
  readonly warn?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <p
      id={id}
      className={
        warn
          ? 'rising mb-2 flex items-center gap-3 rounded-xl bg-warn-soft py-1.5 pr-1.5 pl-4 text-sm text-warn'
          : 'mb-1.5 px-4 text-right text-muted text-xs'
      }
    >
      {children}
    </p>
  );
}
