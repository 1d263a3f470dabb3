/** The append of the write order with one rule left out each. The simulation has to notice every one of them. */
import type { Message } from '../../../protocol/index.ts';
import { EngineUnavailable, type Offset } from '../../engine/index.ts';
import { type Append, type Appended, append, lookAt } from '../kit/append.ts';

const done = (message: Message, start: Offset, end: Offset): Appended => ({
  kind: 'done',
  message,
  start,
  end,
});

/** Takes the tail for free without asking whether it is still at `at`. */
const withoutHead: Append = async (engine, stream, message, at) => {
  const { next } = await engine.create(stream).catch(async () => (await engine.head(stream)) ?? { next: at });
  const result = await engine.append(stream, [message], { seq: next });
  return result.kind === 'appended' ? done(message, at, result.next) : append(engine, stream, message, at);
};

/** Lets the engine take an append at a place somebody else took between HEAD and POST. */
const withoutSeq: Append = async (engine, stream, message, at) => {
  const slot = await lookAt(engine, stream, at);
  if (slot.kind === 'item') return append(engine, stream, message, at);
  const result = await engine.append(stream, [message]);
  if (result.kind !== 'appended') throw new EngineUnavailable('not appended', stream);
  return done(message, at, result.next);
};

/** After a lost response, says the message again wherever the tail is now. */
const withoutReadBack: Append = async (engine, stream, message, at) => {
  const slot = await lookAt(engine, stream, at);
  if (slot.kind === 'item')
    return { kind: 'taken', message: slot.messages[0] ?? null, start: at, end: slot.end };
  const result = await engine.append(stream, [message], { seq: slot.tail });
  if (result.kind !== 'appended') return append(engine, stream, message, at);
  return done(message, at, result.next);
};

/** Believes `appended`, also when the message landed somewhere else because the engine had forgotten its sequence. */
const withoutStart: Append = async (engine, stream, message, at) => {
  const slot = await lookAt(engine, stream, at);
  if (slot.kind === 'item') return append(engine, stream, message, at);
  const result = await engine.append(stream, [message], { seq: slot.tail });
  if (result.kind !== 'appended') return append(engine, stream, message, at);
  return done(message, at, result.next);
};

export const worseAppends = { withoutHead, withoutSeq, withoutReadBack, withoutStart } as const;
