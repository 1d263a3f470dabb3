/** `POST /api/agents/{name}` (docs/protocol.md, "Agents"). */
import { Hono } from 'hono';
import { Refusal } from '../../../protocol/index.ts';
import { type AgentInput, agentCommands, agentNames } from '../../../protocol/models/agents.ts';
import { readBody } from '../kit/body.ts';
import { methodNotAllowed } from '../kit/problems.ts';
import type { AppEnv, Services } from '../kit/services.ts';

export function agentRoutes({
  agents,
  conversations,
}: Pick<Services, 'agents' | 'conversations'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  for (const name of agentNames) {
    app.post(`/${name}`, async (c) => {
      if (!agents) throw new Refusal(422, 'no-agents', NO_AGENTS);
      const input = await readBody(c.req.raw, agentCommands[name].input);
      // Kept with the conversation first: it holds whether or not the agent runs.
      if (name === 'choose') await conversations.choose(input as AgentInput<'choose'>);
      return c.json(await agents.execute(name, input as never), 200, { 'cache-control': 'no-store' });
    });
    app.all(`/${name}`, methodNotAllowed('POST'));
  }
  return app;
}

const NO_AGENTS =
  'Agents run commands on the computer of this Bough, and are off here. Whoever runs it can allow them with BOUGH_AGENTS=1.';
