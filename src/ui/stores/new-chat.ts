/** A new chat, from wherever one is: its page, the drawer closed, the message box focused. */
import { ask } from './errands.ts';
import { showDrawer } from './layout.ts';
import { navigate } from './route.ts';

export function startNewChat(): void {
  navigate({ kind: 'new' });
  showDrawer(false);
  ask('composer');
}
