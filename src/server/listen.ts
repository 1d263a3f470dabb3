/** Listening on the port that was asked for, or the next free one. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How many ports after the first are tried. */
const PORTS_AFTER = 20;

/**
 * Starts listening. The ports from `port` to `port + 20` are tried in order; 0 takes any free one. `after`: how many are tried
 * after the first.
 * @returns the port it became. Throws an Error with a line for people when none is free or the host cannot be had.
 */
export async function listen(
  server: Server,
  host: string,
  port: number,
  after = PORTS_AFTER,
): Promise<number> {
  const last = port === 0 ? 0 : Math.min(port + after, 65_535);
  for (let candidate = port; candidate <= last; candidate += 1) {
    if (await tryPort(server, host, candidate)) return (server.address() as AddressInfo).port;
  }
  const tried = last > port ? `No free port from ${port} to ${last}` : `The port ${port} is not free`;
  throw new Error(`${tried} on ${host}. Set BOUGH_PORT to another one.`);
}

/** True once it listens; false if the port is taken or reserved. */
function tryPort(server: Server, host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void): void => {
      server.off('error', failed);
      server.off('listening', listening);
      done();
    };
    const listening = (): void => settle(() => resolve(true));
    const failed = (error: NodeJS.ErrnoException): void =>
      settle(() => {
        if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
        else reject(new Error(`Cannot listen on ${host}: ${error.message}.`, { cause: error }));
      });
    server.once('error', failed);
    server.once('listening', listening);
    server.listen({ host, port, exclusive: true });
  });
}
