/** What others show of contexts once it is asked for. */
export { ReplyDetails } from './reply-details.tsx';
export { TooLarge } from './too-large.tsx';
