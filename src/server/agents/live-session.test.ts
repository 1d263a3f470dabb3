import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { markOf, Replay } from './live-session.ts';

const REF = { agent: 'A', id: 's', turn: 1, message: 'm1', mark: markOf('One') as string };

function replayed(...turns: readonly (readonly [said: string, message?: string])[]): Replay {
  const replay = new Replay();
  for (const [text, messageId] of turns) {
    replay.hear({ sessionUpdate: 'user_message_chunk', content: { type: 'text', text: 'Go on' } });
    replay.hear({ sessionUpdate: 'agent_message_chunk', messageId, content: { type: 'text', text } });
  }
  return replay;
}

test('a replay ends where its last message has the name, or the same words, and nowhere else', () => {
  expect(replayed(['One', 'm1']).endsAt(REF)).toBe(true);
  expect(replayed(['O n\ne']).endsAt(REF)).toBe(true);
  expect(replayed(['Else', 'm1']).endsAt(REF)).toBe(true);
  expect(replayed(['One', 'm1'], ['Two', 'm2']).endsAt(REF)).toBe(false);
  expect(replayed(['Else', 'm9']).endsAt(REF)).toBe(false);
  expect(replayed().endsAt(REF)).toBe(false);
  // The same words said again later.
  expect(replayed(['One'], ['One']).endsAt(REF)).toBe(false);
});

test('a name that stands in several turns does not tell them apart', () => {
  const forkedAtTheEnd = replayed(['One', 'm1'], ['Two', 'm1']);
  expect(forkedAtTheEnd.endsAt(REF)).toBe(false);
  expect(forkedAtTheEnd.endsAt({ ...REF, turn: 2, mark: markOf('Two') as string })).toBe(true);
  const inPieces = replayed(['One', 'm1']);
  inPieces.hear({
    sessionUpdate: 'agent_message_chunk',
    messageId: 'm1',
    content: { type: 'text', text: '…' },
  });
  expect(inPieces.endsAt(REF)).toBe(true);
});

test('is heard out for longer where what was asked last has no answer yet', async () => {
  const replay = new Replay();
  replay.hear({ sessionUpdate: 'user_message_chunk', content: { type: 'text', text: 'Go on' } });
  let isOver = false;
  const over = replay
    .heardOut(() => replay.turns === 1)
    .then(() => {
      isOver = true;
    });
  // Each look at it is one of a timer here, so that a busy machine makes it no shorter.
  for (let look = 0; look < 12; look += 1) await sleep(20);
  expect(isOver).toBe(false);
  replay.hear({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: 'One' } });
  await over;
});
