import { type ReactNode, useEffect } from 'react';
import { MESSAGE_LIMIT } from '../../../protocol/index.ts';
import { Button } from '../../components/index.ts';
import { announce } from '../../stores/announce.ts';
import { sizeText } from '../files/index.ts';
import type { Refusal } from './readiness.ts';

export interface NoteProps {
  readonly id: string;
  /** Why what was tried did not happen. */
  readonly refusal: Refusal | undefined;
  /** Characters left, when they are worth counting. */
  readonly left: number | undefined;
  readonly onRetryModels: () => void;
}

/** The line above the box: why a text was not sent, with the way out. The text itself stays where it is. */
export function ComposerNote({ id, refusal, left, onRetryModels }: NoteProps) {
  const tooMany = left !== undefined && left < 0;
  const sentence = refusal ? sentenceOf(refusal) : tooMany ? tooLong(-left) : undefined;
  // The count changes with every key; that it is too long is said once.
  const spoken = tooMany ? 'The message is too long to be sent. Nothing was cut off.' : sentence;
  useEffect(() => {
    if (spoken) announce(spoken);
  }, [spoken]);

  if (!sentence) return left === undefined ? null : <Line id={id}>{count(left)} characters left.</Line>;
  return (
    <Line id={id} warn>
      <span className="min-w-0 flex-1">{sentence}</span>
      {refusal?.kind === 'no-model' && refusal.name === undefined && (
        <Button onClick={onRetryModels}>Try again</Button>
      )}
    </Line>
  );
}

function sentenceOf(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'too-long':
      return tooLong(refusal.by);
    case 'behind':
      return 'Your last message is still on its way. This one is sent after it.';
    case 'loading':
      return 'Still loading. Your text is sent as soon as that is done.';
    case 'uploading':
      return 'A file is still on its way. Your message is sent as soon as it is there.';
    case 'not-uploaded':
      return `“${refusal.name}” is not uploaded and would be missing. Try it again or remove it.`;
    case 'no-images':
      return `${refusal.model} takes no images. Choose another model below, or remove the image.`;
    case 'large-image':
      return `“${refusal.name}” has ${sizeText(refusal.size)}; ${refusal.model} takes at most ${sizeText(refusal.most)} an image. Attach it smaller, remove it, or choose another model below.`;
    case 'no-model':
      return refusal.name === undefined
        ? 'The models could not be loaded, so nobody can answer. Your text is kept here.'
        : `${refusal.name} is not available now. Choose another model below; your text is kept here.`;
    case 'passed':
      return 'Your text has not been sent. It can be now.';
  }
}

function tooLong(by: number): string {
  return `${count(by)} ${by === 1 ? 'character' : 'characters'} too many: a message can have ${count(MESSAGE_LIMIT)}. Nothing was cut off.`;
}

function count(n: number): string {
  return n.toLocaleString('en');
}

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
