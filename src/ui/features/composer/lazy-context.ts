/** The context meter and its note, not part of the first load: nothing is measured before something is said. */
import { lazy } from 'react';
import type { MeterProps } from '../context/index.ts';

const load = () => import('../context/index.ts');
/** Without its code there is no meter, and the server still refuses what is too large. */
const nothing = { default: (_: MeterProps) => null };

export const ContextMeter = lazy(() =>
  load().then(
    (c) => ({ default: c.ContextMeter }),
    () => nothing,
  ),
);
export const ContextNote = lazy(() =>
  load().then(
    (c) => ({ default: c.ContextNote }),
    () => nothing,
  ),
);
