/** What the frame of every page says. Part of the first load. */
export const thePage = 'The page';
export const thisPage = 'This page';
export const thisDialog = 'This dialog';
export const couldNotShow = (what: string) => `${what} could not be shown.`;
export const faultOfBough =
  'Something went wrong in Bough. Your conversations are safe on the server, and your drafts in this browser. Reloading the page usually helps.';
export const updated = 'Bough was updated. Reload the page to go on: what you have written is kept.';
export const close = 'Close';
export const reload = 'Reload the page';
export const tryAgain = 'Try again';

export const loadingMessages = 'Loading messages';
export const loadingConversation = 'Loading the conversation';
export const loadingFind = 'Loading the search';

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
export const waitsToBeSent =
  'Bough cannot be reached. What you write waits here, and is sent and answered once it can be. Models are connected then, too.';
export const demoAnswers = 'The built-in demo will answer.';
export const demoIsNoAi = 'It is not an AI';
export const demoShows = ': it shows how Bough works.';
/** After the name of a model. */
export const onSourceAnswers = (source: string) => ` on ${source} will answer.`;

export const systemPrompt = 'System prompt';
export const systemPromptOfChat = 'System prompt: how the model should behave in this chat';
