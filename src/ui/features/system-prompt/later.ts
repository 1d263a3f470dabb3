/** What the message box shows of system prompts, after the first load. */
export { PromptChip, type PromptChipProps } from './prompt-chip.tsx';
