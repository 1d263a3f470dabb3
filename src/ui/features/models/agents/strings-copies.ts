/** What is said where branches of an agent can have files of their own. Loaded with the first of it. */
export const eachItsOwn = 'Files of this branch';
export const aboutCopies =
  'A copy is a worktree of the repository in Bough’s data folder. Your own folder stays as it is, and you can take over what a branch did later. This is remembered for the chat.';
export const oneFolder = 'All in one folder';
export const cancel = 'Cancel';
