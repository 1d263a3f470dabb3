export { type Agents, createAgents } from './agents.ts';
