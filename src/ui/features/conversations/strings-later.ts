/** What the list of conversations says after the first load. */
export const theme = 'Theme';
export const system = 'System';
export const light = 'Light';
export const dark = 'Dark';
