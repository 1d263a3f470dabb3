export { Sidebar } from './sidebar.tsx';
export { SidebarToggle } from './sidebar-toggle.tsx';
export { titleOf } from './title.ts';
export { useConversationCommands } from './use-conversation-commands.ts';
