/** What the frame says where something is not as usual: no connection, no conversation, no right to write. Not part of the first load. */
export const offline = 'Offline. What you have read can be read again, and nothing you write is lost.';
export const silent = "Can't reach Bough. Is it still running? Nothing you write is lost.";
export const held =
  "A proxy seems to hold back Bough's answers: new messages appear only after a reload. Turn off buffering in the proxy.";
export const storageAway = "Bough can't reach its storage. Nothing you write is lost.";
export const storageFull = "The disk with Bough's data folder is full. Nothing you write is lost.";
export const storageRefused =
  'The storage refuses Bough. Whoever runs Bough needs to check BOUGH_STREAMS_TOKEN. Nothing you write is lost.';
export const storageElsewhere =
  'Bough finds no storage at its address. Whoever runs Bough needs to check BOUGH_STREAMS_URL. Nothing you write is lost.';
export const repliesWait = 'Replies wait until it can be written again.';
export const writesAgain = 'Bough can write again. Replies go on.';
export const retryNow = 'Retry now';
export const connecting = 'Connecting…';
export const tryingAgainIn = (seconds: number) => `Trying again in ${seconds} s.`;
export const tryingAgain = 'Trying again…';
export const reconnected = 'Reconnected. Ready to send';
export const notFound = 'Not found';
export const wasDeleted = 'This conversation was deleted.';
export const noConversation = 'There is nothing at this address.';
export const deletedIsKept = 'It is kept for 30 days after deletion, with everything in it.';
export const addressWrong =
  'It may be mistyped, or the chat that was there was deleted more than 30 days ago.';
export const undoDeleting = 'Undo deleting';
export const chooseAnother = 'Choose another';
export const startNewChat = 'Start a new chat';
export const signInToRead = 'Sign in to read.';
export { signedInToRead } from '../actions/strings/filing.ts';
export const chooseConversation = 'Choose a conversation.';
export { signInOtherwise } from '../actions/strings/pages.ts';
export const signedOut = 'You are signed out.';
export const signedOutKept = 'You are signed out. What you write is kept, and sent once you sign in.';
export const signIn = 'Sign in';

export const forReport = 'Details for a report';
export const copyDetails = 'Copy details';
export const detailsCopied = 'Details copied';
export const copyByHand = 'This browser does not let the page copy: open the details and copy them by hand';
