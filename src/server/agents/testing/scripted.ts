/** The scripted agent, configured. */
import { join } from 'node:path';
import { runs } from '../../child-script.ts';
import type { AgentSpec } from '../agent-file.ts';

export const scripted = (env: Readonly<Record<string, string>> = {}, name = 'Scripted'): AgentSpec => ({
  ...{ name, command: process.execPath },
  args: runs(join(import.meta.dirname, 'scripted-agent.mjs')),
  env,
});
