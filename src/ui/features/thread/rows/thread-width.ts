import { createContext } from 'react';

/** The width of the thread when it was mounted, in px: what heights are guessed from. */
export const ThreadWidth = createContext(720);
