/** Summaries where they are shown: chats without one do not load them. */
import type { ComponentProps } from 'react';
import { later } from '../../components/index.ts';
import type { SummaryList as List, SummaryMessage as Message } from './summary-message.tsx';

const loaded = () => import('./later.ts');

export const SummaryMessage = later<ComponentProps<typeof Message>>(
  async () => (await loaded()).SummaryMessage,
);
export const SummaryList = later<ComponentProps<typeof List>>(async () => (await loaded()).SummaryList);
