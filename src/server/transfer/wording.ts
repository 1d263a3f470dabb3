/** What the command says of imports and exports, without what carries them out. */
import { EXPORT_FORMS } from '../../protocol/requests/transfer.ts';

/** For `bough --help`. */
export const TRANSFER_COMMANDS = `  find WORDS       lists what was said in all conversations with these words, and where, also while Bough runs
  import FILE...   brings in conversations of ChatGPT, Claude, Open WebUI, LibreChat, llama.cpp, LobeChat,
                   SillyTavern, of OpenAI's API or of Bough (JSON, JSONL, zip), also while Bough runs
  export [CONVERSATION... | --all] FILE
                   writes conversations to FILE, by its ending or --as: ${EXPORT_FORMS.join(', ')}`;

/** For `bough import --help` and the like. */
export const helpOfTransfer = (called: (command: string) => string): Readonly<Record<string, string>> => ({
  import: `${called('import FILE...')}

Brings in conversations that were exported elsewhere, with every version and branch:

  ChatGPT, Claude     the zip that was mailed, or conversations.json in it
  Open WebUI, LibreChat, LobeChat, llama.cpp
                      the JSON that they export
  SillyTavern         a chat, JSONL
  OpenAI messages     JSONL, a conversation a line
  Bough               JSON of “Export”, or of ${called('export')}

What a file is, is known by what is in it. Importing it again adds only what is new.
It says what could not be read, and ends with 1 then; all else comes in.

  ${called('import chatgpt-export.zip')}

${RUNS}`,
  export: `${called('export CONVERSATION... FILE')}
${called('export --all FILE')}

Writes conversations to FILE, in the form that its ending says, or --as:

  .json           --as bough      all of it, as another Bough imports it
  .chatgpt.json   --as chatgpt    as ChatGPT exports it
  .html           --as html       a page that needs no server: one conversation
  .md             --as markdown   text with headings: one conversation
  .jsonl          --as openai     messages of OpenAI's API: the path of one conversation
  .zip            --as html, --as markdown
                                  a file for each of several conversations

CONVERSATION is its address in the browser, or the id at its end (/c/ID).
${called('find WORDS')} lists addresses of conversations in which these words were said.

  ${called('export --all chats.json')}
  ${called('export --all chats.zip --as markdown')}

${RUNS}`,
  find: `${called('find WORDS')}

Lists what was said in all conversations with these words, who said it and when, and its
address. Parts of words count; a phrase is put in quotes that reach Bough: '"blue lantern"'.

${RUNS}`,
});

const RUNS = `A Bough that runs on the data folder does it; else one is started for that alone.
--data DIR           the data folder: BOUGH_DATA
BOUGH_TOKEN          an owner's access token, where the running Bough asks for one`;
