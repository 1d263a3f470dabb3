/** Cards and rows picked with Shift, to do something with all of them. For the moment: left behind with the conversation. */
import { create } from 'zustand';

interface Picked {
  readonly conversation: string;
  readonly messages: readonly string[];
}

const none: readonly string[] = [];
const useStore = create<Picked>()(() => ({ conversation: '', messages: none }));

export function usePicked(conversation: string): readonly string[] {
  return useStore((state) => (state.conversation === conversation ? state.messages : none));
}

/** Renders anew only when this message is picked or let go. */
export function useIsPicked(message: string): boolean {
  return useStore(({ messages }) => messages.includes(message));
}

/** Picks a message, or lets it go. */
export function togglePicked(conversation: string, message: string): void {
  useStore.setState((state) => {
    const messages = state.conversation === conversation ? state.messages : none;
    const others = messages.filter((one) => one !== message);
    return { conversation, messages: others.length < messages.length ? others : [...messages, message] };
  });
}

export function clearPicked(): void {
  useStore.setState({ messages: none });
}
