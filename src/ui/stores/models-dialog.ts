/** Whether the dialog "Models" is open, and how: several parts of the page open it. */
import { create } from 'zustand';
import type { Model } from '../../protocol/index.ts';

export interface ModelsWish {
  /** `add`: with the form for another endpoint. */
  readonly place: 'list' | 'add';
  /** Told what was chosen, after it became the conversation's model. */
  readonly onChosen?: ((model: Model) => void) | undefined;
}

const useStore = create<{ readonly wish?: ModelsWish }>()(() => ({}));

export function useModelsDialog(): ModelsWish | undefined {
  return useStore(({ wish }) => wish);
}

export function openModels({ place = 'list', onChosen }: Partial<ModelsWish> = {}): void {
  useStore.setState({ wish: { place, onChosen } }, true);
}

export function closeModels(): void {
  useStore.setState({}, true);
}
