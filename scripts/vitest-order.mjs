/**
 * The order of the unit tests: what takes longest first, so that no worker is left with it alone at the end. Vitest itself goes by how long
 * files took last time, which a fresh clone does not know, and otherwise by their size; the slowest tests are in short files.
 */
import { BaseSequencer } from 'vitest/node';

/**
 * The files that take longest, longest first, by processor time and by waiting where nothing else runs: half of it is waiting, for leases, processes
 * and silence. `simulation` and `recorded` compute. `npm test -- --slow` names them.
 */
export const LONGEST = [
  'src/ui/features/markdown/long/long-block.browser.test.ts',
  'src/ui/features/explorer/geometry.browser.test.ts',
  'src/ui/features/files/pictures/fitting-picture.browser.test.ts',
  'src/ui/features/files/documents/read-document.browser.test.ts',
  'src/server/agents/agents.test.ts',
  'src/server/folders/kills.test.ts',
  'src/server/torture/fleet.test.ts',
  'src/server/torture/torture.test.ts',
  'src/server/torture/remote.test.ts',
  'src/client/kept/kept.test.ts',
  'src/server/agents/kills.test.ts',
  'src/command/acp.test.ts',
  'src/server/folders/commands.test.ts',
  'src/server/conversations/simulation/simulation.test.ts',
  'src/server/folders/turns.test.ts',
  'src/server/engine/remote/following.test.ts',
  'src/server/folders/snapshots/snapshot.test.ts',
  'src/server/models/recorded.test.ts',
  'src/command/acp-as-agent.test.ts',
  'src/server/folders/snapshots/few-changes.test.ts',
  'src/server/http/conformance/conformance.test.ts',
  'src/server/engine/remote/faults.test.ts',
  'src/server/maintenance/doctor/doctor.test.ts',
  'src/server/main.test.ts',
  'src/command/ai-sdk.test.ts',
  'src/server/maintenance/move/move.test.ts',
  'src/server/conversations/find/feed.test.ts',
  'src/client/live/held.test.ts',
  'src/server/models/providers/adapters.test.ts',
  'src/server/shared-access.test.ts',
  'src/server/models/answers/answers.test.ts',
  'src/server/maintenance/backup/live.test.ts',
  'src/server/maintenance/doctor/damage.test.ts',
  'src/server/engine/embedded/crash.test.ts',
  'src/server/engine/remote/engine.test.ts',
  'src/server/maintenance/doctor/inherited.test.ts',
  'src/server/torture/growth.test.ts',
  'src/ui/features/markdown/cost.test.tsx',
  'src/client/hooks/views.test.tsx',
  'src/ui/features/thread/thread.test.tsx',
  'src/client/hooks/sends.test.tsx',
  'src/ui/actions/undo/undoing.test.tsx',
  'src/ui/features/composer/composer.test.tsx',
];

/** Where a file stands: the longest in front, all others after them as they were. */
export function rankOf(path) {
  const rank = LONGEST.findIndex((one) => path.endsWith(one));
  return rank < 0 ? LONGEST.length : rank;
}

export class LongestFirst extends BaseSequencer {
  async sort(files) {
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => rankOf(a.moduleId) - rankOf(b.moduleId));
  }
}
