export { Sidebar } from './sidebar.tsx';
export { titleOf } from './title.ts';
export { useConversationCommands } from './use-conversation-commands.ts';
