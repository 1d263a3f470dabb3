/** The kinds of parts. To add one: its file here, a line below, and the same in src/ui/features/thread/parts (docs/recipes.md). */
export { data } from './data.ts';
export { file } from './file.ts';
export { kept } from './later.ts';
export { question } from './question.ts';
export { reasoning } from './reasoning.ts';
export { text } from './text.ts';
export { tool } from './tool.ts';
