/** The views of what agents say: not part of the first load, and drawn in place once they are there. */
import { later } from '../../../components/later.tsx';
import type { PartProps } from './part-props.ts';

/** In every turn of an agent: one request for all. */
const views = () => import('./agent-parts.ts');

export const CallPart = later<PartProps<'call'>>(async () => (await views()).CallPart);
export const DiffPart = later<PartProps<'diff'>>(async () => (await import('./diff.tsx')).DiffPart);
export const NoticePart = later<PartProps<'notice'>>(async () => (await views()).NoticePart);
export const PlanPart = later<PartProps<'plan'>>(async () => (await views()).PlanPart);
/** Where a reply stands in a session is nothing to read. */
export const SessionPart = (_: PartProps<'session'>) => null;
export const SnapshotPart = later<PartProps<'snapshot'>>(
  async () => (await import('./snapshot.tsx')).SnapshotPart,
);
