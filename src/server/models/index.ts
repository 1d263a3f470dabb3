export { type DemoOptions, demoSource } from './demo.ts';
export { openAiCompatibleSource } from './openai-compatible.ts';
export * from './port.ts';
export { createModels, type Models, type ModelsOptions } from './registry.ts';
