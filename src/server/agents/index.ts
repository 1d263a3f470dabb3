export { type Agents, type AgentsOptions, createAgents } from './agents.ts';
