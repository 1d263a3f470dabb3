/** What is said about signing in and access tokens. */
import { amountText } from '../../components/amount-text.ts';

export const access = 'Access';
export const loading = 'Loading the access tokens';
export { signInOtherwise } from '../../actions/strings/pages.ts';
export const accessTokens = 'Access tokens';
export const signOut = 'Sign out in this browser';
export const signOutNow = 'Sign out';
export const staySignedIn = 'Stay signed in';
export const keepDrafts = 'Keep my drafts in this browser';
export const keptDrafts = 'Whoever opens this browser can read them.';
export const lostDrafts = 'They go with all that was read here.';
export const writtenHere = (drafts: number, unsent: number) =>
  `This browser has ${[drafts > 0 && amountText(drafts, 'draft'), unsent > 0 && amountText(unsent, 'unsent message')].filter(Boolean).join(' and ')}.`;
export const forWhoeverIsNext = 'Whoever signs in next goes on with it.';
export const discardWritten = 'Discard it';
export const discardNow = 'Discard it now';
export const whoNeedsOne =
  'Other devices can reach this Bough, so everyone who opens it needs an access token. Give each device or person their own: you can then revoke one without the others.';
export const onlyHere =
  'Only this computer can reach Bough. It needs no token. To reach Bough from a phone or another computer, see “Reach it from elsewhere” in the README; tokens you make here work from then on.';
export const onlyReadersLeft =
  ' Nobody can then change anything until Bough restarts and prints a new token.';
export const nobodyLeft = ' Nobody can then sign in until Bough restarts and prints a new token.';

export const newToken = 'The new token';
export const tokenMade = (name: string) => `Token “${name}” created. Copy it now: it is not shown again.`;
export const copyNow = (name: string) => `“${name}” created. Copy it now:`;
export const shownOnce = 'it is not shown again';
export const howToUse =
  '. Opening the address signs a browser in; programs send the token as a bearer token.';
export const addressToOpen = 'Address to open';
export const token = 'Token';
export const done = 'Done';
export const copy = 'Copy';
export const copyOf = (what: string) => `Copy: ${what}`;

export const aNewToken = 'A new token';
export const name = 'Name';
export const nameExample = 'My phone';
export const needsName = 'Enter a name, so that you recognise it later.';
export const whatItMayDo = 'What it may do';
export const makeToken = 'Make a token';
export const readsAndWrites = 'Reads and writes';
export const readsAndWritesMeans = 'Everything you can do, including access tokens.';
export const readsOnly = 'Reads only';
export const readsOnlyMeans = 'Every conversation, live; changes nothing.';

export const thisBrowser = 'This browser';
export const made = (day: string) => `made ${day}`;
export const neverUsed = 'never used';
export const lastUsed = (day: string) => `last used ${day}`;
export const revoke = 'Revoke';
export const revokeOf = (name: string) => `Revoke ${name}`;
export const revokeNow = (name: string) => `Revoke ${name} now`;
export const keepIt = 'Keep it';
export const revoked = (name: string) => `“${name}” revoked`;
export const signsYouOut = 'This signs you out here at once';
export const signsOut = 'This signs out whoever uses it at once';
export const consequence = (who: string, after: string) => `${who}. This cannot be undone.${after}`;

export const signIn = 'Sign in';
export const needsToken =
  'Other devices can reach this Bough, so it asks for an access token. What you have written here is kept.';
export const accessToken = 'Access token';
export const whereTokensAre =
  'It begins with “bough_”. Bough printed it, in an address, when it first asked for a token; or somebody who is signed in made it under “Access”.';
export const signedIn = 'Signed in';
export const signedInToRead = 'Signed in, for reading only';

export const joins = 'Joins by the protocol';
export const joinsMeans =
  'For a program: reads, makes branches and says things in them, under the name above.';
export const howProgramsUse =
  '. Programs send it as a bearer and speak the Durable Streams protocol; docs/join.md has the lines in curl, JavaScript and Python.';
export const addressOfStreams = 'Address of the streams';
export const onlyThisOne = 'Only in the conversation that is open';
export const whoAnswers = 'Who answers what it says';
export const nobodyAnswers = 'Nobody, unless it asks for an answer';
export const oneConversation = 'one conversation';
export const answeredBy = (model: string): string => `answered by ${model}`;
