import { createContext } from 'react';

/** Whether the block around a component still grows. A context, since the elements of a block are kept over renders. */
export const Growing = createContext(false);
