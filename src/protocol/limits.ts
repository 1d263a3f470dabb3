/** The most, the longest and the oldest there may be of what people say and keep. Limits of formatting: reading/formatting-limits.ts. */

/** The longest message text a command takes, in UTF-16 code units. */
export const MESSAGE_LIMIT = 400_000;
/** The longest reply: so many UTF-16 code units of words, thoughts and calls are written to its log, some four times what models can say at once. */
export const REPLY_LIMIT = 4_000_000;
/** The most an agent says as a whole in one reply, in UTF-16 code units of JSON: what it does is said again with each of its states. */
export const REPLY_PARTS_LIMIT = 64_000_000;
/** The largest body a command takes, in bytes; anything longer is refused with 413 before it is parsed. */
export const BODY_LIMIT = 2_000_000;
/** The longest title of a conversation, in UTF-16 code units. */
export const TITLE_LIMIT = 200;
/** The longest instruction for a reply, in characters. */
export const INSTRUCTION_LIMIT = 300;
/** The longest label of a branch. */
export const LABEL_LIMIT = 60;
/** The longest name of a folder of conversations. */
export const CHAT_FOLDER_LIMIT = 60;
/** The most conversations one command arranges. */
export const ARRANGED_LIMIT = 500;
/** After so many days asides go that nobody kept, spoke in or looked at, unless the server is set otherwise. */
export const ASIDES_DAYS = 14;
/** After so many days a deleted conversation goes for good. */
export const RECALL_DAYS = 30;
/** In ms. */
export const DAY = 24 * 60 * 60_000;
/** Characters of the path of a folder; more than any system takes. */
export const FOLDER_LIMIT = 4_096;
/** The most messages one command marks. */
export const MARKS_LIMIT = 500;
