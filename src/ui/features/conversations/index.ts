export { Sidebar } from './sidebar.tsx';
export { SidebarToggle } from './sidebar-toggle.tsx';
