/** What is done before a stream is read. */
import { setTimeout as sleep } from 'node:timers/promises';
import { CONVERSATIONS, parseStream } from '../../../protocol/index.ts';
import type { Engine } from '../../engine/index.ts';
import type { Services } from '../kit/services.ts';
import { firstOf } from './first-of.ts';

/** How long a read waits for the log of a reply that is not there, and how often it looks, in ms. */
const LOG_MS = 1000;
const LOOK_MS = 20;

/** Mends what a crash left of the stream's conversation; makes what is read before it is written. Fine for one that does not exist. */
export async function openFor(
  { conversations }: Pick<Services, 'conversations'>,
  stream: string,
): Promise<void> {
  const name = parseStream(stream);
  if (name?.kind === 'outline' || name?.kind === 'branch') await conversations.open(name.conversation);
  // Who read the end of a segment may be faster than who makes the next.
  if ((name?.kind === 'outline' || name?.kind === 'conversations') && name.segment > 1)
    await conversations.newest(stream);
  if (name?.kind === 'view') await conversations.openView(name.conversation);
  if (name?.kind === 'offers') await conversations.openOffers(name.conversation);
}

/**
 * Before a stream is called missing: an engine has the list of conversations, or makes it. What answers "not found" to that too is no
 * engine, but perhaps a proxy before one, and what a page shows is still there. Throws `Refusal` then.
 */
export async function surelyAnEngine({ conversations }: Pick<Services, 'conversations'>): Promise<void> {
  await conversations.newest(CONVERSATIONS);
}

/**
 * Resolves once there is a log of the reply, after a second, or with `left`. The outline announces a reply before its log
 * is made, and a page asks at once: answered "not found" it would show an error and lose the time to ask again.
 */
export async function awaitLog(services: Services, stream: string, left: AbortSignal): Promise<void> {
  if (parseStream(stream)?.kind !== 'reply') return;
  const { engine, closing, timing } = services;
  const waiting = firstOf([closing, left], timing?.log ?? LOG_MS);
  try {
    await appeared(engine, stream, waiting.signal);
  } finally {
    waiting.release();
  }
}

async function appeared(engine: Pick<Engine, 'head'>, stream: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await engine.head(stream)) === null) await sleep(LOOK_MS);
}
