/** A new chat, from wherever one is: its page, the drawer closed, the message box focused. */
import { create } from 'zustand';
import { showDrawer } from './browser/layout.ts';
import { ask } from './errands.ts';
import { navigate } from './route.ts';

export function startNewChat(): void {
  navigate({ kind: 'new' });
  showDrawer(false);
  ask('composer');
}

/** Whether the chat that does not exist yet begins with the default system prompt, if there is one. */
export const useNewChat = create<{ readonly withDefault: boolean }>()(() => ({ withDefault: true }));

export function wantDefaultPrompt(withDefault: boolean): void {
  useNewChat.setState({ withDefault });
}
