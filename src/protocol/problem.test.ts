import { expect, it } from 'vitest';
import { problemSchema, Refusal } from './problem.ts';

it('tells a refusal as a problem: a code for programs, a sentence for people', () => {
  const refusal = new Refusal(409, 'still-writing', 'This reply is still being written.');
  expect(refusal.problem).toEqual({
    type: 'about:blank#still-writing',
    title: 'still-writing',
    status: 409,
    detail: 'This reply is still being written.',
    code: 'still-writing',
  });
  expect(problemSchema.parse(refusal.problem)).toEqual(refusal.problem);
});
