/** What parts say that come after the first load. */
export const cancel = 'Cancel';
export const save = 'Save';

export const onlyHere =
  "Only in this tab: this browser's storage for Bough is full or turned off. Copy it before you close or reload the tab, or make room by sending or clearing what you wrote elsewhere.";
export const copyWritten = 'Copy';
export const copied = 'Copied';
