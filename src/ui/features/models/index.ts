export { ModelButton } from './model-button.tsx';
export { type CurrentModel, useCurrentModel } from './use-current-model.ts';
export { useSettings } from './use-settings.ts';
