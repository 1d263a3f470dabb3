/** What a schema refused, as one sentence for people: which field, and what is wrong with it. */
import { en } from 'zod/locales';
import * as z from 'zod/mini';

// zod/mini brings no messages of its own; without them a missing field looks like a wrong one.
z.config(en());

type Issue = z.core.$ZodIssue;

/** The first problem only: one sentence, at most some 300 characters, never a value that was sent. */
export function sentenceOf(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  return issue ? tell(issue) : 'The request is not understood.';
}

function tell(issue: Issue): string {
  const field = fieldName(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return `${field ? `${field} has` : 'The request has'} an unknown field ${quote(issue.keys[0] ?? '')}.`;
  }
  if (!field) return 'The body of the request must be a JSON object.';
  if (issue.code === 'invalid_type') {
    return missing(issue) ? `${field} is missing.` : `${field} must be ${article(issue.expected)}.`;
  }
  // The schemas' own messages are sentences; zod's are not.
  if (!issue.message.endsWith('.')) return `${field} is not right: ${issue.message}.`;
  return issue.code === 'invalid_format' ? `${field} is not right. ${issue.message}` : issue.message;
}

/** zod reports a missing field as a wrong type; only its message tells them apart. */
const missing = (issue: Issue): boolean => issue.message.endsWith('received undefined');

function fieldName(path: readonly PropertyKey[]): string {
  const [first, ...rest] = path;
  if (first === undefined) return '';
  const inner = rest.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return `The field ${quote(`${String(first)}${inner}`)}`;
}

const quote = (name: string): string => `"${name.length > 60 ? `${name.slice(0, 60)}…` : name}"`;

const article = (type: string): string => `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
