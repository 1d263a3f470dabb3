/** Failures over HTTP: `application/problem+json` (RFC 9457). `detail` is a sentence a person understands. */
import * as z from 'zod/mini';

export const problemSchema = z.object({
  /** `about:blank#CODE`; the code is for programs, the sentence for people. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;

export const PROBLEM_TYPE = 'application/problem+json';

/** A refusal on its way to the caller: thrown by the server's layers, told by its error handler. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, sentence: string) {
    super(sentence);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
  }

  get problem(): Problem {
    const { status, code } = this;
    return { type: `about:blank#${code}`, title: code, status, detail: this.message, code };
  }
}
