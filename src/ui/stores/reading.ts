/**
 * The message being read: one for the page, said by the thread as it is scrolled and by the tree when one goes somewhere.
 * What is asked for is read until the reader moves on by hand (decision 0082).
 */
import { create } from 'zustand';

interface Reading {
  readonly conversation: string;
  readonly message: string;
}

interface ReadingState {
  readonly reading?: Reading;
  /** Where the thread shall scroll to; stays until it has. */
  readonly wanted?: Reading | undefined;
}

export const useReadingStore = create<ReadingState>()(() => ({}));

/** The message being read in a conversation; undefined until somebody said so. */
export function useReading(conversation: string): string | undefined {
  return useReadingStore(({ reading }) =>
    reading?.conversation === conversation ? reading.message : undefined,
  );
}

/** The thread shows this message now. */
export function reportReading(conversation: string, message: string): void {
  const { reading } = useReadingStore.getState();
  if (reading?.conversation === conversation && reading.message === message) return;
  useReadingStore.setState({ reading: { conversation, message } });
}

/** The thread shall show this message; it is the one being read from now on. */
export function requestMessage(conversation: string, message: string): void {
  const reading = { conversation, message };
  useReadingStore.setState({ reading, wanted: reading });
}

export function clearRequest(): void {
  useReadingStore.setState({ wanted: undefined });
}
