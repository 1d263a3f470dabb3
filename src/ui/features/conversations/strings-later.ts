/** What the list of conversations says after the first load. */
export const theme = 'Theme';
export const system = 'System';
export const light = 'Light';
export const dark = 'Dark';
export const access = 'Access';
export const accessMeans = 'Use this Bough from other devices, or let others use it';
export const importChats = 'Import chats';
