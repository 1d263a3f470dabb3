/** What the first load says about the message box; the rest comes with strings-later.ts. */
export const composer = 'Composer';
export const message = 'Message';
export const placeholder = 'Write a message, or / for your prompts';
export const buttonSends = (key: string) =>
  `Enter breaks the line. The Send button sends, and so does ${key}.`;
export const enterSends =
  'Enter sends, Shift+Enter breaks the line. In an empty box, Up goes to the last message. A slash offers your prompts.';
export const send = 'Send';
export const sendKey = 'Send (Enter)';
export const sendLater = 'Send when this reply is done';
export const sendLaterKey = 'Send when this reply is done (Enter)';
export const stop = 'Stop';
export const stopKey = 'Stop (Esc)';
export const queued = 'In the queue: sends when the reply before it is done.';
