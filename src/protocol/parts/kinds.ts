/** The kinds of parts. To add one: its file here, a line below, and the same in src/ui/features/thread/parts (docs/recipes.md). */
export { call } from './call.ts';
export { data } from './data.ts';
export { diff } from './diff.ts';
export { file } from './file.ts';
export { notice } from './notice.ts';
export { plan } from './plan.ts';
export { question } from './question.ts';
export { quote } from './quote.ts';
export { reasoning } from './reasoning.ts';
export { session } from './session.ts';
export { snapshot } from './snapshot.ts';
export { summary } from './summary.ts';
export { text } from './text.ts';
export { tool } from './tool.ts';
export { kept } from './unreadable.ts';
