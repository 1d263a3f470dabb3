/** What the page, or another React app (docs/hook.md), knows of the client. Everything else in src/client is for the client itself and its tests. */
export type { AccessView } from '../kit/access.ts';
export type {
  Actions,
  ArrangeInput,
  AskOptions,
  ConnectionView,
  ConversationHook,
  ConversationsView,
  ConversationView,
  EditInput,
  LiveReply,
  MarkInput,
  MessageView,
  ModelsView,
  PathEntry,
  PendingSend,
  RegenerateInput,
  ReplyView,
  SendChange,
  SendInput,
  SettingsInput,
  SystemInput,
  TreeHook,
  UploadOptions,
} from '../types.ts';
export { BoughProvider, useBough } from './context.tsx';
export { type AsideView, useAside, useAsideEnds } from './conversation/use-aside.ts';
export { type ConversationOptions, useConversation } from './conversation/use-conversation.ts';
export { useEntryText } from './conversation/use-entry-text.ts';
export { useIsLoaded, useKeptReply, useMessage } from './conversation/use-message.ts';
export { useReply } from './conversation/use-reply.ts';
export { useTree } from './conversation/use-tree.ts';
export { useAccess } from './use-access.ts';
export { useActions } from './use-actions.ts';
export { useAnswering } from './use-answering.ts';
export { useAsking } from './use-asking.ts';
export { useChatFolders } from './use-chat-folders.ts';
export { useConnection } from './use-connection.ts';
export { useConversations, useIsUnbegun } from './use-conversations.ts';
export { useForkedSends } from './use-forked-sends.ts';
export { useLive } from './use-live.ts';
export { useModels } from './use-models.ts';
export { useQueue } from './use-queue.ts';
