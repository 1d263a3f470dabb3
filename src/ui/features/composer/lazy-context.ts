/** The context meter, its note and the folder of agents, not part of the first load: nothing is measured before something is said. */
import { later } from '../../components/index.ts';
import type { MeterProps } from '../context/index.ts';
import type { FolderFieldProps } from './folder-field.tsx';

/** Without its code there is no meter, and the server still refuses what is too large. */
const nothing = (_: MeterProps) => null;
const load = () =>
  import('../context/index.ts').catch(() => ({ ContextMeter: nothing, ContextNote: nothing }));

export const ContextMeter = later<MeterProps>(async () => (await load()).ContextMeter);
export const ContextNote = later<MeterProps>(async () => (await load()).ContextNote);

/** Only where an agent is chosen. */
export const FolderField = later<FolderFieldProps>(
  async () => (await import('./folder-field.tsx')).FolderField,
);
