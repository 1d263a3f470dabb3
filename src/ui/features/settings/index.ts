/** Loaded with the page `/settings`. */
export { SettingsView } from './settings-view.tsx';
