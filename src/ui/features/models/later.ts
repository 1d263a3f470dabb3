/** What others need of models after the first load. */
export { AgentOptions, type AgentOptionsProps } from './agents/agent-options.tsx';
export { agentCommandSource, mentionSource } from './agents/agent-sources.ts';
export { CannotGoBack } from './agents/cannot-go-back.tsx';
export { CopyOrNot } from './agents/copy-or-not.tsx';
export { AskSeveral } from './ask-several.tsx';
export { ChooseOnce } from './choose-once.tsx';
export * from './model-facts.ts';
export { ModelHelp } from './model-help.tsx';
export { ModelSettings } from './model-settings.tsx';
