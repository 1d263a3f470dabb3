import { expect, it } from 'vitest';
import {
  branchStream,
  CONVERSATIONS,
  indexOf,
  outlineStream,
  parseStream,
  replyStream,
  segmentOf,
  segmentStream,
  viewStream,
} from './streams.ts';

const conversation = 'conv-001';

it('reads the names it makes', () => {
  expect(parseStream(CONVERSATIONS)).toEqual({ kind: 'conversations', segment: 1 });
  expect(parseStream(outlineStream(conversation))).toEqual({ kind: 'outline', conversation, segment: 1 });
  expect(parseStream(viewStream(conversation))).toEqual({ kind: 'view', conversation });
  expect(parseStream(branchStream(conversation, 'branch-1'))).toEqual({
    kind: 'branch',
    conversation,
    branch: 'branch-1',
  });
  expect(parseStream(replyStream(conversation, 'message1'))).toEqual({
    kind: 'reply',
    conversation,
    message: 'message1',
  });
});

it('names the segments of an index, and reads them', () => {
  const second = segmentStream(outlineStream(conversation), 2);
  expect(second).toBe('c/conv-001/outline~2');
  expect(parseStream(second)).toEqual({ kind: 'outline', conversation, segment: 2 });
  expect(parseStream(segmentStream(CONVERSATIONS, 12))).toEqual({ kind: 'conversations', segment: 12 });
  expect([indexOf(second), segmentOf(second)]).toEqual([outlineStream(conversation), 2]);
  expect([indexOf(CONVERSATIONS), segmentOf(CONVERSATIONS)]).toEqual([CONVERSATIONS, 1]);
});

it.each([
  '',
  'conversations~',
  'conversations~0',
  'conversations~1',
  'conversations~02',
  'conversations~2~3',
  'c/conv-001/outline~1',
  'c/conv-001/view~2',
  'c/conv-001/b~2/branch-1',
  'c/conv-001/b/branch-1~2',
  'other',
  'conversations/x',
  'c/short/outline',
  'c/conv-001',
  'c/conv-001/',
  'c/conv-001/b',
  'c/conv-001/b/',
  'c/conv-001/x/branch-1',
  'c/conv-001/b/branch-1/more',
  'c/conv-001/b/../outline',
  'c/conv-001/outline/message1',
  'd/conv-001/outline',
])('knows no stream called %j', (name) => {
  expect(parseStream(name)).toBeNull();
});
