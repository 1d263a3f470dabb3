/** What a conversation's page needs of the thread at once: a reply can have failed before the messages are drawn. */
export { ReplyAnnouncer } from './reply-announcer.tsx';
