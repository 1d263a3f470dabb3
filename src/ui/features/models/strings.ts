/** What the first load says about models; the rest comes with their dialog (strings-later.ts). */
export const notAvailable = (model: string) => `${model} (not available)`;
export const loading = 'Loading models';
export const model = (name: string) => `Model: ${name}`;
export const choose = 'Choose a model';
export const noModel = 'No model';
export const onSource = (source: string) => `on ${source}`;
