/** Commands and reads of a server over HTTP, as the people and the invariants of the simulation need them. */
import {
  type CommandInput,
  type CommandName,
  type CommandOutput,
  commandPath,
  problemSchema,
  Refusal,
} from '../../protocol/index.ts';
import { Died } from '../conversations/simulation/sim-server.ts';
import { type Engine, type Offset, StreamMissing } from '../engine/index.ts';

/** @param url where the server is now, without a slash at its end; it may change when the server starts anew. */
export function serversAt(url: () => string) {
  const execute = async <N extends CommandName>(
    name: N,
    input: CommandInput<N>,
  ): Promise<CommandOutput<N>> => {
    const response = await ask(`${url()}${commandPath(name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    const answer = JSON.parse(response.text) as unknown;
    if (response.status === 200) return answer as CommandOutput<N>;
    const { status, code, detail } = problemSchema.parse(answer);
    throw new Refusal(status, code, detail);
  };
  return { any: () => ({ execute }) };
}

/** The public reads as an engine's. Throws `Died` while no server answers. */
export function readsAt(url: () => string): Pick<Engine, 'read' | 'head'> {
  return {
    async read(stream, from, { maxItems } = {}) {
      const query = new URLSearchParams({ offset: from, ...(maxItems && { max: String(maxItems) }) });
      const { status, headers, text } = await ask(`${url()}/v1/stream/${stream}?${query}`);
      if (status === 404 || status === 410) throw new StreamMissing(stream);
      if (status !== 200) throw new Error(`${stream} from ${from}: ${status} ${text}`);
      return {
        items: JSON.parse(text) as unknown[],
        next: headers.get('stream-next-offset') as Offset,
        upToDate: headers.get('stream-up-to-date') === 'true',
        closed: headers.get('stream-closed') === 'true',
      };
    },
    async head(stream) {
      const { status, headers } = await ask(`${url()}/v1/stream/${stream}`, { method: 'HEAD' });
      if (status === 404 || status === 410) return null;
      if (status !== 200) throw new Error(`${stream}: ${status}`);
      return {
        next: headers.get('stream-next-offset') as Offset,
        closed: headers.get('stream-closed') === 'true',
      };
    },
  };
}

async function ask(
  url: string,
  init?: RequestInit,
): Promise<{ status: number; headers: Headers; text: string }> {
  try {
    const response = await fetch(url, init);
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch {
    throw new Died(`no answer from ${url}`);
  }
}
