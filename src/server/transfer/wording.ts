/** What the command says of imports and exports, without what carries them out. */
import { EXPORT_FORMS } from '../../protocol/transfer.ts';

/** For `bough --help`. */
export const TRANSFER_COMMANDS = `  find WORDS       lists what was said in all conversations with these words, and where, also while Bough runs
  import FILE...   brings in conversations of ChatGPT, Claude, Open WebUI, LibreChat, llama.cpp, LobeChat,
                   SillyTavern, of OpenAI's API or of Bough (JSON, JSONL, zip), also while Bough runs
  export [CONVERSATION... | --all] FILE
                   writes conversations to FILE, by its ending or --as: ${EXPORT_FORMS.join(', ')}`;
