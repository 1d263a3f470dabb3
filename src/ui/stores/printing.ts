/** The path on paper: asked for, made ready, printed. What puts it there is loaded with the thread. */
import { create } from 'zustand';

/** `preparing`: all of it is being loaded and drawn. `now`: the browser prints what is there. */
export type PrintStage = 'off' | 'preparing' | 'now';

export const usePrinting = create<{ readonly stage: PrintStage }>()(() => ({ stage: 'off' }));

export const setPrinting = (stage: PrintStage): void => usePrinting.setState({ stage });
