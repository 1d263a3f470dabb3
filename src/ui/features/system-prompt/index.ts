export { SystemPromptDialog } from './system-prompt-dialog.tsx';
