export { FindEverywhere } from './find-everywhere.tsx';
export { aboutOf } from './hit-groups.tsx';
export { markWords, routeTo } from './open-hit.ts';
export { searchOf } from './question.ts';
export { PAUSE } from './use-question.ts';
