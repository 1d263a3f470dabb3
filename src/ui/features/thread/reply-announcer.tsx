import { useEffect, useRef, useState } from 'react';
import { useFinishedReplies, useReply } from '../../../client/hooks/index.ts';
import { textOf } from '../../../protocol/index.ts';
import type { Finish, Generation } from '../../../tree/index.ts';
import { announce } from '../../stores/announce.ts';
import { announcementOf, countWords } from './finish.ts';

interface ReplyAnnouncerProps {
  readonly conversation: string;
  /** The reply being written at the end of the path. */
  readonly live: Generation | undefined;
}

/** The outline knows that a reply ended; its last words may take a moment longer. In ms. */
const LAST_WORDS = 1_000;

/** Says that a reply began and how it ended, once each. Never its words. Independent of what is on the screen. */
export function ReplyAnnouncer({ conversation, live }: ReplyAnnouncerProps) {
  const [watched, setWatched] = useState(live);
  if (live && live.id !== watched?.id) setWatched(live);
  const said = useRef(new Set<string>());
  const say = (id: string, finish: Finish, words?: number) => {
    if (said.current.has(id)) return;
    said.current.add(id);
    const { text, how } = announcementOf(finish, words);
    announce(text, how);
  };
  useFinishedReplies(conversation, ({ generation: { id, end } }) => {
    if (end && id === watched?.id) setTimeout(() => say(id, end), LAST_WORDS);
  });
  if (!watched) return null;
  return <Watch key={watched.id} conversation={conversation} generation={watched} onEnd={say} />;
}

interface WatchProps {
  readonly conversation: string;
  readonly generation: Generation;
  readonly onEnd: (id: string, finish: Finish, words: number) => void;
}

/** Follows a reply until it ends, longer than it is shown as being written. */
function Watch({ conversation, generation, onEnd }: WatchProps) {
  const { end, parts } = useReply(conversation, generation);
  const latest = useRef(onEnd);
  useEffect(() => {
    latest.current = onEnd;
  });
  useEffect(() => announce('Replying'), []);
  useEffect(() => {
    if (end) latest.current(generation.id, end, countWords(textOf(parts)));
  }, [generation.id, end, parts]);
  return null;
}
