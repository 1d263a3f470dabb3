/** What the first load says about the tree; the rest comes with it (strings.ts). */
export const loadingTree = 'Loading the tree';
