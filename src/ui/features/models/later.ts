/** What others need of models after the first load. */
export { AgentOptions, type AgentOptionsProps } from './agent-options.tsx';
export { agentCommandSource, mentionSource } from './agent-sources.ts';
export { AskSeveral } from './ask-several.tsx';
export { CannotGoBack } from './cannot-go-back.tsx';
export { ChooseOnce } from './choose-once.tsx';
export * from './model-facts.ts';
export { ModelHelp } from './model-help.tsx';
