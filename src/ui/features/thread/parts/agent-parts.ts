/** Loaded together: agent-views.ts. */
export { CallPart } from './call.tsx';
export { NoticePart } from './notice.tsx';
export { PlanPart } from './plan.tsx';
