export { ConnectHint } from './connect-hint.tsx';
export { ModelButton } from './model-button.tsx';
export { ModelProblems } from './model-problems.tsx';
export { type CurrentModel, useCurrentModel } from './use-current-model.ts';
