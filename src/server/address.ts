/** Addresses of a server, as people open them. */
import { networkInterfaces } from 'node:os';
import { bracketed } from './http/middleware/security.ts';
import { isLoopback, type ServerSettings } from './settings.ts';

export interface Addresses {
  /** Where it listens. */
  readonly url: string;
  /** Where others reach it; undefined: only this computer does. */
  readonly address?: string;
}

/** @param port the one it listens on */
export function addressOf(
  { host, publicUrl }: Pick<ServerSettings, 'host' | 'publicUrl'>,
  port: number,
): Addresses {
  const everywhere = host === '0.0.0.0' || host === '::';
  const url = `http://${bracketed(everywhere ? firstAddress() : host)}:${port}`;
  if (publicUrl !== undefined) return { url, address: publicUrl };
  return isLoopback(host) ? { url } : { url, address: url };
}

/** Of this computer in its network: one that others can use, if there is any. */
function firstAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}
