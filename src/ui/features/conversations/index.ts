export { RenameField } from './rename-field.tsx';
export { Sidebar } from './sidebar.tsx';
export { SidebarToggle } from './sidebar-toggle.tsx';
