/** What the page, or another React app (docs/hook.md), knows of the client. Everything else in src/client is for the client itself and its tests. */
export type { AccessView } from '../kit/access.ts';
export type {
  Actions,
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
export { useAccess } from './use-access.ts';
export { useActions } from './use-actions.ts';
export { useAnswering } from './use-answering.ts';
export { type AsideView, useAside, useAsideEnds } from './use-aside.ts';
export { useAsking } from './use-asking.ts';
export { useConnection } from './use-connection.ts';
export { type ConversationOptions, useConversation } from './use-conversation.ts';
export { useConversations } from './use-conversations.ts';
export { useEntryText } from './use-entry-text.ts';
export { useForkedSends } from './use-forked-sends.ts';
export { useLive } from './use-live.ts';
export { useMessage } from './use-message.ts';
export { useModels } from './use-models.ts';
export { useQueue } from './use-queue.ts';
export { useReply } from './use-reply.ts';
export { useTree } from './use-tree.ts';
