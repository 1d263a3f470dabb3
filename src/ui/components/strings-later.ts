/** What parts say that come after the first load. */
export const cancel = 'Cancel';
export const save = 'Save';
