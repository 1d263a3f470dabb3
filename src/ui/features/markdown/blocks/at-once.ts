import { createContext } from 'react';

/** Whether all of a text is formatted at once, however long that takes: what goes on paper cannot wait. */
export const AtOnce = createContext(false);
