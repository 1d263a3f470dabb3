import { useState } from 'react';
import { type FilePart, filePath } from '../../../../protocol/index.ts';
import * as strings from '../strings-later.ts';

interface AudioPlayerProps {
  readonly file: FilePart;
  /** -1: not in the tab order now; arrows go to the message first. */
  readonly tabIndex?: number | undefined;
}

/** Larger ones are asked for when they are played, in bytes. */
const SMALL = 5_000_000;

/** The browser's own player. Of what is small it reads how long it lasts at once. */
export function AudioPlayer({ file: { hash, name, size }, tabIndex }: AudioPlayerProps) {
  const [gone, setGone] = useState(false);
  if (gone) return <p role="alert">{strings.audioGone}</p>;
  return (
    // biome-ignore lint/a11y/useMediaCaption: what a person recorded has no captions
    <audio
      controls
      preload={size <= SMALL ? 'metadata' : 'none'}
      src={filePath(hash)}
      aria-label={strings.playerOf(name)}
      tabIndex={tabIndex}
      className="h-10 w-72 max-w-full"
      onError={() => setGone(true)}
    />
  );
}
