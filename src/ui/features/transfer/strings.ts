/** What is said about bringing conversations in and taking them away. */
import { numberText as n } from '../../components/amount-text.ts';

export const importTitle = 'Import';
export const importWhat =
  'Bring in conversations from ChatGPT, Claude, Open WebUI, LibreChat, llama.cpp, LobeChat, SillyTavern, OpenAI messages, or another Bough. Every version and branch comes along.';
export const whichFile =
  'Choose the file as it was exported (zip, JSON or JSONL), or drop it here. It is read by your own Bough and goes nowhere else.';
export const chooseFile = 'Choose a file';
export const chooseOther = 'Choose another file';
export const uploading = (name: string) => `Uploading ${name}`;
export const looking = (name: string) => `Looking through ${name}`;
export const bringing = 'Importing';
export const cancel = 'Cancel';
export const close = 'Close';
export const found = 'Conversations found';
export const selectAll = 'All';
export const filter = 'Find by title';
export const importThese = (count: number) =>
  count === 1 ? 'Import 1 conversation' : `Import ${n(count)} conversations`;
export const nothing = 'There is nothing to import in this file.';
export const facts = (messages: number, branches: number, files: number) =>
  [
    messages === 1 ? '1 message' : `${n(messages)} messages`,
    ...(branches > 1 ? [`${n(branches)} branches`] : []),
    ...(files === 0 ? [] : [files === 1 ? '1 file' : `${n(files)} files`]),
  ].join(', ');
export const total = ({
  conversations,
  messages,
  branched,
  files,
}: Record<'conversations' | 'messages' | 'branched' | 'files', number>) =>
  [
    conversations === 1 ? '1 conversation' : `${n(conversations)} conversations`,
    facts(messages, 1, files),
    ...(branched === 0 ? [] : [`${n(branched)} with branches`]),
  ].join(', ');
export const whatIsOdd = 'What is odd';
export const here = 'here already: only what is new is added';
export const deletedHere = 'deleted here: comes as another conversation';
export const oddities = (count: number) => (count === 1 ? '1 oddity' : `${n(count)} oddities`);
export const oddity = (what: string, times: number) => (times === 1 ? what : `${what} (${n(times)})`);
export const unreadable = (count: number) =>
  count === 1 ? 'One thing could not be read:' : `${n(count)} things could not be read:`;
export const andMore = (count: number) => `and ${n(count)} more`;
/** `conversations`: those that were not here before. */
export const brought = (conversations: number, messages: number) => {
  const fresh = messages === 1 ? '1 message is new' : `${n(messages)} messages are new`;
  if (conversations === 0) return messages === 0 ? 'Nothing is new.' : `${fresh}.`;
  return `${conversations === 1 ? '1 conversation' : `${n(conversations)} conversations`} imported, ${fresh}.`;
};
export const knownBefore = (count: number) =>
  count === 1 ? 'One conversation was here already.' : `${n(count)} conversations were here already.`;
export const missingFiles = (count: number) =>
  count === 1
    ? 'One file that it names is not in the export.'
    : `${n(count)} files that it names are not in the export.`;
export const stoppedHere = 'Stopped. What was imported stays; importing again goes on from there.';
export const open = 'Open';
export const percent = (part: number) => `${Math.floor(part * 100)} %`;

export const exportTitle = 'Export';
export const what = 'What';
export const thisPath = 'This path';
export const pathMeans = 'The messages on the screen, from the first to the last';
export const thisConversation = 'The whole conversation';
export const conversationMeans = 'Every version and branch';
export const fromHere = 'From this message on';
export const fromMeans = (words: string) => `What leads to “${words}”, and every branch below it`;
export const everything = 'Everything';
export const everythingMeans = 'All conversations, archived ones too';
export const form = 'Form';
export const forms = {
  bough: ['Bough', 'JSON that another Bough imports: nothing is lost'],
  html: ['Web page', 'One file with thread, versions and tree, for any browser, without a network'],
  markdown: ['Markdown', 'Text with headings'],
  openai: ['OpenAI messages', 'JSONL: the path, for programs and training'],
  chatgpt: ['ChatGPT', 'JSON as ChatGPT exports it, for other programs'],
} as const;
export const formsOfMany = {
  bough: forms.bough,
  markdown: ['Markdown', 'A zip with a text for each chat'],
  html: ['Web pages', 'A zip with a page for each chat, for any browser, without a network'],
  chatgpt: forms.chatgpt,
} as const;
export const hiddenToo = 'Hidden branches and asides too';
export const download = 'Download';

export const shareTitle = 'Share';
export const shareWhat =
  'Whoever has the link can read the conversation as it is now, with its versions and its tree, and nothing else of this Bough. It does not change when you go on, until you update it.';
export const onlyHere =
  'Only this computer can reach Bough, so a link would open nowhere else. Send the web page as a file instead.';
export const downloadPage = 'Download the web page';
export const ends = 'The link ends';
export const never = 'When I revoke it';
export const inDays = (days: number) => (days === 1 ? 'After a day' : `After ${days} days`);
export const createLink = 'Create link';
export const links = 'Links';
export const copyLink = 'Copy link';
export const copied = 'Copied';
export const updateIt = 'Update it';
export const updatedNow = 'The link shows the conversation as it is now';
export const linkCreated = 'Link created';
export const revoke = 'Revoke';
export const removeLink = 'Remove';
export const revoked = 'Revoked. The link leads nowhere now';
export const partOf = (part: string) =>
  part === 'path' ? 'a path' : part === 'subtree' ? 'a branch' : 'the whole conversation';
export const frozen = (messages: number, when: string) =>
  `${messages === 1 ? '1 message' : `${n(messages)} messages`}, as of ${when}`;
export const endsAt = (when: string) => `ends ${when}`;
export const ended = 'has ended';
export const loadingLinks = 'Loading the links';
export const exportManyTitle = (count: number) => `Export ${n(count)} chats`;
export const manyName = (count: number, ending: string) => `Bough, ${count} chats.${ending}`;
export const exporting = (bytes: number) => `Exporting, ${(bytes / 1_000_000).toFixed(1)} MB so far`;
export const exported = (count: number, unreadable: number) =>
  `Exported ${count === 1 ? '1 chat' : `${n(count)} chats`}.${
    unreadable === 0 ? '' : ` ${n(unreadable)} could not be read; the file says which and why.`
  }`;
