/** What the frame of every page says. Part of the first load. */
export const thePage = 'The page';
export const thisPage = 'This page';
export const couldNotShow = (what: string) => `${what} could not be shown.`;
export const faultOfBough =
  'Something went wrong in Bough. Your conversations are safe on the server, and your drafts in this browser. Reloading the page usually helps.';
export const updated = 'Bough was updated. Reload the page to go on: what you have written is kept.';
export const reload = 'Reload the page';
export const tryAgain = 'Try again';
export const forReport = 'Details for a report';

export const offline = 'Offline. Nothing you write is lost.';
export const silent = "Can't reach Bough. Is it still running? Nothing you write is lost.";
export const held =
  "A proxy seems to hold back Bough's answers: new messages appear only after a reload. Turn off buffering in the proxy.";
export const storageAway = "Bough can't reach its storage. Nothing you write is lost.";
export const storageFull = "The disk with Bough's data folder is full. Nothing you write is lost.";
export const storageRefused =
  'The storage refuses Bough. Whoever runs Bough needs to check BOUGH_STREAMS_TOKEN. Nothing you write is lost.';
export const storageElsewhere =
  'Bough finds no storage at its address. Whoever runs Bough needs to check BOUGH_STREAMS_URL. Nothing you write is lost.';
export const retryNow = 'Retry now';
export const connecting = 'Connecting…';
export const tryingAgainIn = (seconds: number) => `Trying again in ${seconds} s.`;
export const tryingAgain = 'Trying again…';
export const reconnected = 'Reconnected. Ready to send';

export const loadingMessages = 'Loading messages';
export const loadingConversation = 'Loading the conversation';
export const loadingTree = 'Loading the tree';

export const notFound = 'Not found';
export const wasDeleted = 'This conversation was deleted.';
export const noConversation = 'There is no conversation here.';
export const deletedIsKept = 'It is kept for 30 days after deletion, with everything in it.';
export const addressWrong = 'The address may be mistyped, or its conversation was deleted.';
export const undoDeleting = 'Undo deleting';
export const chooseAnother = 'Choose another';
export const startNewChat = 'Start a new chat';

export const showConversations = 'Show conversations';
export const conversations = 'Conversations';
export const newChat = 'New chat';
export const asksYou = (conversations: number) =>
  conversations === 1 ? 'Asks you' : `${conversations} ask you`;

export const suggestions = 'Suggestions';
export const suggestDecision = 'Help me weigh two options: ask what matters, then compare them in a table.';
export const suggestExplanation =
  'Explain how a rainbow forms: first in two sentences, then with the physics.';
export const suggestEmail =
  'Draft a friendly email that moves a meeting to next week, then a bolder version.';
export const askDemo = 'What can I do with Bough?';
export const whereToBegin = 'Where shall we begin?';
export const whatBoughIs =
  'Conversations in Bough are trees: another try grows beside the first, and nothing is lost.';
export const demoAnswers = 'The built-in demo will answer.';
export const demoIsNoAi = 'It is not an AI';
export const demoShows = ': it shows how Bough works.';
/** After the name of a model. */
export const onSourceAnswers = (source: string) => ` on ${source} will answer.`;

export const systemPrompt = 'System prompt';
export const systemPromptOfChat = 'System prompt: how the model should behave in this chat';

export const signInToRead = 'Sign in to read.';
export const signedInToRead = 'You are signed in to read.';
export const chooseConversation = 'Choose a conversation.';
export const signInOtherwise = 'Sign in with another token';
export const signedOut = 'You are signed out.';
export const signedOutKept = 'You are signed out. What you write is kept, and sent once you sign in.';
export const signIn = 'Sign in';
