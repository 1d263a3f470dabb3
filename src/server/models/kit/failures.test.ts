import { APICallError } from '@ai-sdk/provider';
import { expect, test } from 'vitest';
import { type FailureContext, failureOf } from './failures.ts';
import { providerWords, retryAfterOf } from './provider-words.ts';

const context: FailureContext = { host: 'models.example', model: 'm', key: 'secret-key', now: 0 };

function network(code: string) {
  const cause = Object.assign(new Error('It happened.'), { code });
  return new APICallError({
    message: 'Cannot connect',
    url: 'http://models.example',
    requestBodyValues: {},
    cause,
  });
}

test.each([
  ['ECONNREFUSED', 'refused', /Nothing answers at models\.example/],
  ['ENOTFOUND', 'dns', /The name models\.example was not found/],
  ['EAI_AGAIN', 'dns', /was not found/],
  ['CERT_HAS_EXPIRED', 'tls', /\(CERT_HAS_EXPIRED\)/],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', /certificate/],
  ['ECONNRESET', 'cut', /broke before/],
  ['ENETUNREACH', 'network', /could not be reached/],
  ['UND_ERR_CONNECT_TIMEOUT', 'network', /could not be reached/],
])('%s is %s', (code, expected, sentence) => {
  const failure = failureOf(network(code), context);
  expect(failure.code).toBe(expected);
  expect(failure.sentence).toMatch(sentence);
});

test('status and words of a provider share their brackets', () => {
  const { sentence } = failureOf({ error: { message: 'Bad gateway', code: 502 } }, context);
  expect(sentence).toContain('failed (502: “Bad gateway”). Try again');
});

test('what nobody foresaw is malformed, without its message', () => {
  expect(failureOf(new TypeError('secret-key is not a function'), context)).toMatchObject({
    code: 'malformed',
  });
  expect(failureOf(undefined, context).sentence).not.toContain('undefined');
});

test.each([
  [{ error: { message: 'Slow down', type: 'rate_limit_error' } }, 'rate-limit'],
  [{ error: { message: 'Busy', type: 'overloaded_error' } }, 'overloaded'],
  [{ error: { message: 'Bad gateway', code: 502 } }, 'provider'],
  [{ error: { message: 'Too long', code: 'context_length_exceeded' } }, 'too-large'],
  [
    {
      error: {
        ...{ code: 400, type: 'exceed_context_size_error' },
        message: 'the request exceeds the available context size, try increasing it',
      },
    },
    'too-large',
  ],
  [
    {
      ...{ object: 'error', type: 'BadRequestError', code: 400 },
      message: "This model's maximum context length is 4096 tokens.",
    },
    'too-large',
  ],
  [{ error: { message: 'Pay', code: 'insufficient_quota' } }, 'quota'],
  [{ error: 'It crashed' }, 'provider'],
])('the error event %j is %s', (event, code) => {
  expect(failureOf(event, context).code).toBe(code);
});

test.each([
  [{ error: { message: 'Wrong.', type: 't', code: 'c' } }, { code: 'c', quote: ' (“Wrong.”)' }],
  ['{"error":"Wrong."}', { code: '', quote: ' (“Wrong.”)' }],
  ['{"object":"error","message":"Wrong.","type":"t","code":400}', { code: '400', quote: ' (“Wrong.”)' }],
  ['{"detail":"Wrong."}', { code: '', quote: ' (“Wrong.”)' }],
  ['<html>Wrong.</html>', { code: '', quote: '' }],
  [new Error('Wrong.'), { code: '', quote: '' }],
  [undefined, { code: '', quote: '' }],
])('the words of %j', (body, words) => {
  expect(providerWords(body)).toEqual(words);
});

test('words are one short line without keys', () => {
  const message = `No:\n  secret-key and sk-proj-abc123DEF, ${'long '.repeat(100)}`;
  const { quote } = providerWords({ error: { message } }, 'secret-key');
  expect(quote).toMatch(/^ \(“No: … and …, long .*…”\)$/);
  expect(quote.length).toBeLessThan(220);
});

test.each([
  [{ 'retry-after': '7' }, 8_000],
  [{ 'retry-after': '0' }, 1_000],
  [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 2_500],
  [{ 'retry-after': new Date(31_000).toUTCString() }, 31_000],
  [{ 'retry-after': '99999999' }, 86_401_000],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': new Date(0).toUTCString() }, undefined],
  [{}, undefined],
  [undefined, undefined],
])('%j is to wait until %s', (headers, until) => {
  expect(retryAfterOf(headers, 1_000)).toBe(until);
});
