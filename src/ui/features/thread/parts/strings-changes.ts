/** What is said of changes to files. */
export const sideBySide = 'Show the changes side by side';
