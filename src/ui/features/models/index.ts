export { ModelButton } from './model-button.tsx';
export { type CurrentModel, useCurrentModel } from './use-current-model.ts';
export { type ChatSettings, useSettings } from './use-settings.ts';
