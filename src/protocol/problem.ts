/** Failures over HTTP: `application/problem+json` (RFC 9457). `detail` is a sentence a person understands. */
import * as z from 'zod/mini';

/** The body of every answer that is no success. */
export const problemSchema = z.object({
  /** `about:blank#CODE`; the code is for programs, the sentence for people. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  /** Numbers behind the sentence, by name. */
  facts: z.optional(z.record(z.string(), z.number())),
});
export type Problem = z.infer<typeof problemSchema>;

/** Its media type. */
export const PROBLEM_TYPE = 'application/problem+json';

/** A refusal on its way to the caller: thrown by the server's layers, told by its error handler. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly facts: Problem['facts'];

  constructor(status: number, code: string, sentence: string, facts?: Problem['facts']) {
    super(sentence);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.facts = facts;
  }

  get problem(): Problem {
    const { status, code, facts } = this;
    return {
      ...{ type: `about:blank#${code}`, title: code, status, detail: this.message, code },
      ...(facts && { facts }),
    };
  }
}
