export { createTitles, type Titles } from './titles.ts';
