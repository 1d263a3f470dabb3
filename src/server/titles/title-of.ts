/** What a model is asked for a title, and what of its answer is one. Pure. */

/** Of each side of the exchange, in UTF-16 code units: enough to know what it is about. */
const EXCERPT = 1_500;
/** What is longer is no title but an answer. */
const LIMIT = 80;
/** The same with all the marks around it. */
const LONGEST_LINE = 1_000;
/** A model that has said so much has no title to say. */
const MOST = 100_000;

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
  if (said.length > MOST) return true;
  const text = withoutThoughts(said)?.trimStart();
  return text !== undefined && (text.length > LIMIT * 2 || text.includes('\n'));
}

/** One line without quotes, marks of formatting and a full stop; null where nothing of `said` is a title. */
export function titleFrom(said: string): string | null {
  const line = (withoutThoughts(said) ?? '').trim().split('\n')[0] ?? '';
  if (line.length > LONGEST_LINE) return null;
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

/** Null while the model thinks aloud. Looks at each sign once, whatever a model says. */
function withoutThoughts(said: string): string | null {
  const [opens, closes] = [/<think(?:ing)?>/g, /<\/think(?:ing)?>/g];
  let text = '';
  for (let at = 0; ; at = closes.lastIndex) {
    opens.lastIndex = at;
    const open = opens.exec(said);
    if (!open) return text + said.slice(at);
    text += said.slice(at, open.index);
    closes.lastIndex = opens.lastIndex;
    if (!closes.exec(said)) return null;
  }
}

function excerpt(text: string): string {
  if (text.length <= EXCERPT) return text;
  return `${text.slice(0, EXCERPT).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
