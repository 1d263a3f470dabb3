import { expect, it } from 'vitest';
import {
  branchStream,
  CONVERSATIONS,
  outlineStream,
  parseStream,
  replyStream,
  viewStream,
} from './streams.ts';

const conversation = 'conv-001';

it('reads the names it makes', () => {
  expect(parseStream(CONVERSATIONS)).toEqual({ kind: 'conversations' });
  expect(parseStream(outlineStream(conversation))).toEqual({ kind: 'outline', conversation });
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

it.each([
  '',
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
