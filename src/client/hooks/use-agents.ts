import { useMemo } from 'react';
import { type AgentCommands, createAgentCommands } from '../agents.ts';
import { useBough } from './context.tsx';

/** Tests, adds and removes agents. Not in `index.ts`: it is loaded with the dialog that uses it. */
export function useAgents(): AgentCommands {
  const { http } = useBough();
  return useMemo(() => createAgentCommands(http), [http]);
}
