/** What others need of models after the first load. */
export { ChooseOnce } from './choose-once.tsx';
export * from './model-facts.ts';
export { ModelHelp } from './model-help.tsx';
