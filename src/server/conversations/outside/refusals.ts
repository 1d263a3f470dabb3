/** The refusals of what comes from outside (docs/protocol.md, "Writes"). */
import { Refusal } from '../../../protocol/index.ts';
import { EngineError } from '../../engine/index.ts';

const bad = (sentence: string) => () => new Refusal(400, 'bad-request', sentence);

export const outsideRefusals = {
  noBranch: () =>
    new Refusal(404, 'not-found', 'There is no such branch in this conversation. Make it with PUT first.'),
  noAgents: () =>
    new Refusal(
      403,
      'not-for-writers',
      'Agents are asked in the page, by its owner. Ask a model, or nobody.',
    ),
  noSource: () => new Refusal(404, 'not-found', 'The branch to fork is not in this conversation.'),
  noForkPoint: bad(
    'The offset to fork at is not the end of a message of that branch. Take one that reading it gave, or the "end" of a message in the outline.',
  ),
  emptySource: bad(
    'The branch to fork has no messages yet. Make a branch without Stream-Forked-From instead.',
  ),
  otherwise: () =>
    new Refusal(
      409,
      'id-taken',
      'There is a branch of this name already, made another way. Take another name.',
    ),
  exists: () => new Refusal(412, 'exists', 'There is a branch of this name already.'),
  nameTaken: () =>
    new Refusal(409, 'id-taken', 'This name belongs to a message or a reply already. Take another one.'),
  otherState: () =>
    new Refusal(
      409,
      'closed',
      'The branch is there already, and closed where this asks for an open one, or open where it asks for a closed one.',
    ),
  movedOn: () =>
    new Refusal(
      409,
      'moved-on',
      'Something else was said there meanwhile. Read on, and say it again after that, or fork.',
    ),
  parentInBatch: bad(
    'Messages sent together follow each other: a "parent" can only be the "id" of the one before.',
  ),
  firstId: (branch: string) =>
    new Refusal(
      400,
      'bad-request',
      `The first message of a branch has the id of the branch, “${branch}”. Leave its "id" out.`,
    ),
  someonesPlace: () =>
    new Refusal(
      409,
      'not-yours',
      'This branch was made for what somebody is about to say in it. Fork to a branch of your own.',
    ),
  notYours: () =>
    new Refusal(
      409,
      'not-yours',
      'Others made this branch or spoke in it, so it cannot be closed. Fork it, and close the fork.',
    ),
  replyPastEnd: bad(
    'A reply cannot follow in a branch that is closed. Ask for it first, or close without asking.',
  ),
  newEpoch: bad('A new epoch of a producer begins with Producer-Seq 0.'),
  sequence: () =>
    new Refusal(409, 'sequence', 'Stream-Seq is not greater than that of something said there before.'),
  sealed: () =>
    new Refusal(409, 'sealed', 'Nothing can be added to this branch any more. Fork it and go on there.'),
};

/** Of streams that were deleted; everything else as it is. */
export function asTold(error: unknown): unknown {
  if (!(error instanceof EngineError)) return error;
  if (error.kind === 'gone') return new Refusal(410, 'gone', 'This branch was deleted.');
  if (error.kind === 'missing') return new Refusal(404, 'not-found', 'There is no such stream any more.');
  return error.kind === 'conflict' ? outsideRefusals.otherwise() : error;
}
