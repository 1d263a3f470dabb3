/** A wish of a menu that the tree folds or unfolds where a message is: only the tree knows its cards. */
import { create } from 'zustand';

interface FoldWish {
  readonly message: string;
}

export const useFoldWish = create<{ readonly wish?: FoldWish | undefined }>()(() => ({}));

export function wishFold(message: string): void {
  useFoldWish.setState({ wish: { message } });
}

export function takeFoldWish(): void {
  useFoldWish.setState({ wish: undefined });
}
