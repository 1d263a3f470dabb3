/** What the parts that everything is built of say. Part of the first load. */
export const close = 'Close';
export const opening = 'Opening';
export const dismiss = 'Dismiss';
export const partAway = 'This part could not be loaded: Bough cannot be reached.';
export const partNotLoaded = 'This part could not be loaded.';
export const couldNotOpen = 'Could not be opened';
export const tryAgain = 'Try again';
export const notices = 'Notices';
export const cannotCopy = 'The browser blocked copying.';
export const permission = 'Permission';
export const question = 'Question';
export const withdrawn = 'Withdrawn';
export const notAnswered = 'Not answered';
export const answered = (answer: string) => `Answered: ${answer}`;
