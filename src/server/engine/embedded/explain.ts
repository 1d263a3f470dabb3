import { EngineError, EngineUnavailable } from '../errors.ts';
import type { UnavailableWhy } from '../port.ts';

/** The system's code of an error (`ENOSPC`), if it has one. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** The port's error for what a person can do something about: the disk is full, or the folder cannot be written. Else null. */
export function diskTrouble(error: unknown): EngineUnavailable | null {
  const why = codeOf(error) === undefined ? undefined : whyOf(error);
  return why === undefined ? null : new EngineUnavailable(sentence(error), null, { cause: error, why });
}

/** What the disk or the database threw, as the port's error and in a sentence for people. */
export function explain(stream: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  return new EngineUnavailable(sentence(error), stream, { cause: error, why: whyOf(error) });
}

function whyOf(error: unknown): UnavailableWhy | undefined {
  if (isFull(error)) return 'full';
  return isForbidden(error) ? 'unwritable' : undefined;
}

function sentence(error: unknown): string {
  if (isFull(error)) return 'The disk with the data folder is full.';
  if (isForbidden(error)) return 'The data folder cannot be written.';
  return `The data folder cannot be used (${codeOf(error) ?? String(error)}).`;
}

const isForbidden = (error: unknown): boolean => ['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '');

/** The database says it without a code. */
function isFull(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOSPC' || code === 'EDQUOT' || /no space left/i.test(String(error));
}
