export { Excerpt } from './excerpt.tsx';
export { FindBar } from './find-bar.tsx';
export { Choice, DateField, Field } from './find-filters.tsx';
export { dayAt } from './steps.ts';
export { onlyStarred } from './strings.ts';
