/**
 * Under what a browser may keep an answer (docs/protocol.md, "Access"): which data it is of, and who was let in. Another data folder behind
 * the same address, or another token, is another name, and what was kept under the old one goes.
 */
import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { CONVERSATIONS, START } from '../../../protocol/index.ts';
import type { Engine } from '../../engine/index.ts';
import type { AppEnv } from '../kit/services.ts';
import { isOpen } from './gate.ts';

const KEPT_AS_HEADER = 'bough-kept-as';
/** Nothing was said here yet. */
const NOTHING = 'none';

/** @param made when the data folder was made; '' where the data is elsewhere. */
export function keptAs(engine: Pick<Engine, 'read'>, made: string): MiddlewareHandler<AppEnv> {
  /** The first thing that was ever said in the list: it stays, and no other data begins with it. Undefined: it was not read yet. */
  let first: string | undefined;
  let isReading = false;
  /** Nobody waits for it: an engine that is away is said by those who read. */
  const look = async (): Promise<void> => {
    if (isReading || (first !== undefined && first !== NOTHING)) return;
    isReading = true;
    try {
      const { items } = await engine.read(CONVERSATIONS, START, { maxItems: 1 });
      first = items.length > 0 ? JSON.stringify(items[0]) : NOTHING;
    } catch {
      // The next who asks tries again.
    } finally {
      isReading = false;
    }
  };
  return async (c, next) => {
    void look();
    await next();
    // A sign-in is asked for by nobody yet: that must not look as if somebody else had been let in.
    if (first === undefined || isOpen(c)) return;
    const who = c.get('token')?.id ?? '';
    c.res.headers.set(KEPT_AS_HEADER, first === NOTHING ? NOTHING : nameOf(made, first, who));
  };
}

const nameOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
