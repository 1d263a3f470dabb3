/** What a model is asked for a title, and what of its answer is one. Pure. */

/** Of each side of the exchange, in UTF-16 code units: enough to know what it is about. */
const EXCERPT = 1_500;
/** What is longer is no title but an answer. */
const LIMIT = 80;

export interface Talk {
  readonly question: string;
  readonly answer: string;
}

export function titleQuestion({ question, answer }: Talk): string {
  return [
    'Write a title for the conversation below: at most six words, in the language of the conversation.',
    'Answer with the title alone, without quotes.',
    ...(question === '' ? [] : ['', `User: ${excerpt(question)}`]),
    ...['', `Assistant: ${excerpt(answer)}`],
  ].join('\n');
}

/** True once more words would change nothing. */
export function isEnough(said: string): boolean {
  const text = withoutThoughts(said);
  return text !== null && (/\S.*\n/.test(text) || text.trim().length > LIMIT * 2);
}

/** One line without quotes, marks of formatting and a full stop; null where nothing of `said` is a title. */
export function titleFrom(said: string): string | null {
  const line = (withoutThoughts(said) ?? '').trim().split('\n')[0] ?? '';
  const title = line
    .replace(/\s+/g, ' ')
    .replace(/^(#+|[-*•]) +/, '')
    .replace(/(?<![\w*_])(\*\*|__|[*_`])(?=\S)(.*?\S)\1(?!\w)/g, '$2')
    .replace(/^(title|titel|titre|título) ?: */i, '')
    .replace(/^["'“”„«»‘’「『]+|["'“”«»‘’」』]+$/g, '')
    .replace(/[.。]$/, '')
    .replace(/^["'“”„«»‘’「『]+|["'“”«»‘’」』]+$/g, '')
    .trim();
  return title === '' || title.length > LIMIT || !/[\p{L}\p{N}]/u.test(title) ? null : title;
}

/** Null while the model thinks aloud. */
function withoutThoughts(said: string): string | null {
  const text = said.replace(/<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/g, '');
  return /<think(?:ing)?>/.test(text) ? null : text;
}

function excerpt(text: string): string {
  if (text.length <= EXCERPT) return text;
  return `${text.slice(0, EXCERPT).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
