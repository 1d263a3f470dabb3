import { describe, expect, test } from 'vitest';
import type { Finish } from '../../../../tree/index.ts';
import { announcementOf, countWords, endingOf, waitText } from './finish.ts';

const finish = (reason: Finish['reason'], rest: Partial<Finish> = {}): Finish => ({ reason, at: 1, ...rest });
const failed = finish('failed', {
  failure: { code: 'x', sentence: 'Too many requests.', retryAfter: 8_001 },
});

describe('endings', () => {
  test('a reply that is complete, or not over, has none', () => {
    expect(endingOf(finish('complete'))).toBeUndefined();
    expect(endingOf(undefined)).toBeUndefined();
  });

  test.each([
    [finish('stopped'), 'stopped', 'Stopped'],
    [finish('interrupted'), 'interrupted', 'Interrupted: Bough stopped before this finished'],
    [failed, 'failed', 'Too many requests.'],
    [finish('failed'), 'failed', 'The reply failed.'],
    [finish('complete', { length: true }), 'length', "Cut off at the model's length limit"],
  ])('%j', (end, kind, sentence) => {
    expect(endingOf(end)).toMatchObject({ kind, sentence });
  });
});

describe('announcements', () => {
  test.each([
    [finish('complete'), 240, 'Reply finished, 240 words', 'polite'],
    [finish('complete'), 1_240, 'Reply finished, 1,240 words', 'polite'],
    [finish('complete'), 1, 'Reply finished, 1 word', 'polite'],
    [finish('complete'), 0, 'Reply finished, without words', 'polite'],
    [finish('complete'), undefined, 'Reply finished', 'polite'],
    [finish('stopped'), 3, 'Reply stopped, 3 words', 'polite'],
    [finish('complete', { length: true }), 3, "Reply cut off at the model's length limit, 3 words", 'polite'],
    [finish('interrupted'), 3, 'Interrupted: Bough stopped before this finished', 'alert'],
    [failed, 3, 'Too many requests. Wait 8 s.', 'alert'],
    [{ ...failed, at: 9_000 }, 3, 'Too many requests.', 'alert'],
  ])('%j after %j words: %s', (end, words, text, how) => {
    expect(announcementOf(end, words)).toEqual({ text, how });
  });

  test('a long wait is said in minutes', () => {
    expect([7, 119, 120, 121].map(waitText)).toEqual(['Wait 7 s', 'Wait 119 s', 'Wait 2 min', 'Wait 3 min']);
  });

  test('words are counted as people do', () => {
    expect(countWords("It's **two** words - or four.")).toBe(5);
    expect(countWords('')).toBe(0);
  });
});
