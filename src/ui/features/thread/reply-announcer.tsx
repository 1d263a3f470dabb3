import { useEffect, useRef, useState } from 'react';
import { useActions, useReply } from '../../../client/hooks/index.ts';
import type { ConversationView } from '../../../client/types.ts';
import { openQuestion, textOf } from '../../../protocol/index.ts';
import type { Finish, Generation } from '../../../tree/index.ts';
import { announce, hush } from '../../stores/announce.ts';
import { announcementOf, countWords } from './rows/finish.ts';
import { type ReplyNews, ReplyWatch } from './rows/reply-watch.ts';
import * as strings from './strings.ts';

interface ReplyAnnouncerProps {
  readonly view: Pick<ConversationView, 'id' | 'tree' | 'path' | 'live'>;
}

const BEGAN = strings.replying;
const ASKS = strings.asksYou;
/** The outline knows that a reply ended; its last words may take a moment longer. In ms. */
const LAST_WORDS = 1_000;

/**
 * Says that a reply began and how it ended, once each. Never its words. By what the outline says, so that a reply which
 * fails before the page can follow it is heard of as well; independent of what is on the screen.
 */
export function ReplyAnnouncer({ view }: ReplyAnnouncerProps) {
  const { live } = view;
  const [followed, setFollowed] = useState(live);
  if (live && live.id !== followed?.id) setFollowed(live);
  const say = useNews(view);
  useEffect(() => silenceOnLeaving, []);
  if (!followed) return null;
  return <Follow key={followed.id} conversation={view.id} generation={followed} onEnd={say} />;
}

type Say = (id: string, finish: Finish, words?: number) => void;

function useNews(view: ReplyAnnouncerProps['view']): Say {
  const client = useActions();
  const [watch] = useState(() => new ReplyWatch());
  const said = useRef(new Set<string>());
  const followed = useRef(new Set<string>());
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  useEffect(() => {
    for (const news of watch.news(view)) tell(news);
  });
  return say;

  function tell(news: ReplyNews): void {
    if (news.kind === 'asked') return hush('alert');
    if (news.kind === 'began') {
      followed.current.add(news.id);
      hush('alert');
      return announce(BEGAN);
    }
    const { id, finish, isSaid } = news;
    if (announcementOf(finish).how === 'alert') return say(id, finish);
    const sayRead = async () => say(id, finish, isSaid ? await wordsOf(id) : undefined);
    // Whoever follows its log can say how many words it has.
    if (followed.current.has(id)) setTimeout(sayRead, LAST_WORDS);
    else void sayRead();
  }

  /** Of the message itself: its first words in the outline may be names of tools. Undefined: it cannot be read now. */
  function wordsOf(id: string): Promise<number | undefined> {
    return client.read(view.id, id).then(
      ({ parts }) => countWords(textOf(parts)),
      () => undefined,
    );
  }

  function say(id: string, finish: Finish, words?: number): void {
    if (!here.current || said.current.has(id)) return;
    said.current.add(id);
    const { text, how } = announcementOf(finish, words);
    if (how === 'alert') hush('polite', BEGAN);
    announce(text, how);
  }
}

/** What failed here, and what was going on, is not said of another conversation. */
function silenceOnLeaving(): void {
  hush('alert');
  hush('polite', BEGAN);
}

interface FollowProps {
  readonly conversation: string;
  readonly generation: Generation;
  readonly onEnd: Say;
}

/** Follows a reply until it ends, longer than it is shown as being written. */
function Follow({ conversation, generation, onEnd }: FollowProps) {
  const { end, parts } = useReply(conversation, generation);
  const latest = useRef(onEnd);
  useEffect(() => {
    latest.current = onEnd;
  });
  useEffect(() => {
    if (end) latest.current(generation.id, end, countWords(textOf(parts)));
  }, [generation.id, end, parts]);
  const asks = openQuestion(parts);
  const question = end ? undefined : asks?.id;
  const title = asks?.title;
  useEffect(() => {
    if (question !== undefined) announce(`${ASKS} ${title}`);
  }, [question, title]);
  return null;
}
