/** Nothing of this is in the first load. */
export { promptSource } from './prompt-source.ts';
export { PromptsDialog, PromptsPanel } from './prompts-dialog.tsx';
