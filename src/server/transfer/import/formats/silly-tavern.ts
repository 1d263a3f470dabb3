/** SillyTavern: JSONL, a line about the chat and one a message. `swipes` are replies to the same question; the chat goes on under one. */
import type { Oddities, SourceNode, SourceWords } from '../nodes.ts';
import type { Format, SourceConversation } from '../source.ts';
import { isObject, type Json, listOf, objectOf, someText, textOf, timeOf } from '../values.ts';

/** Recognises and reads the lines of a file together. */
export const sillyTavern: Format = {
  id: 'silly-tavern',
  name: 'SillyTavern',
  recognises: (value) => {
    const [first, second] = listOf(value);
    return (
      isObject(first) &&
      'user_name' in first &&
      'character_name' in first &&
      (!second || 'mes' in objectOf(second))
    );
  },
  read: (value, _beside, place) => [readChat(listOf(value).map(objectOf), place)],
};

function readChat(lines: readonly Json[], place: number): SourceConversation {
  const [about = {}, ...messages] = lines;
  const odd: Oddities = new Map();
  const nodes: SourceNode[] = [];
  let last: string | null = null;
  for (const [index, message] of messages.entries()) {
    const swipes = listOf(message.swipes).map((swipe) => textOf(swipe));
    const versions = swipes.length > 0 && message.is_user !== true ? swipes : [textOf(message.mes)];
    const chosen = Math.min(Math.max(Number(message.swipe_id ?? 0) || 0, 0), versions.length - 1);
    const parent = last;
    for (const [at, text] of versions.entries()) {
      const said = at === chosen ? (someText(message.mes) ?? text) : text;
      nodes.push({ id: `${index}.${at}`, parent, words: wordsOf(message, at, said) });
    }
    last = `${index}.${chosen}`;
  }
  const created = timeOf(about.create_date, ...dates(textOf(about.create_date)), dateOf(messages[0]));
  const name = textOf(about.character_name);
  return {
    id: `${name} ${textOf(about.create_date) || place}`,
    ...(name && { title: name }),
    ...(created !== undefined && { created }),
    ...(last !== null && { current: last }),
    nodes,
    odd,
  };
}

function wordsOf(message: Json, at: number, text: string): SourceWords | null {
  if (text.trim() === '') return null;
  const info = objectOf(listOf(message.swipe_info)[at]);
  const extra = { ...objectOf(message.extra), ...objectOf(info.extra) };
  const thoughts = someText(extra.reasoning);
  const role = message.is_user === true ? 'user' : message.is_system === true ? 'system' : 'assistant';
  const time = timeOf(info.send_date, ...dates(textOf(info.send_date)), dateOf(message));
  const model = someText(extra.model, extra.api);
  return {
    role,
    parts: [...(thoughts ? [{ kind: 'reasoning' as const, text: thoughts }] : []), { kind: 'text', text }],
    ...(time !== undefined && { time }),
    ...(model && role === 'assistant' && { model }),
  };
}

const dateOf = (message: Json | undefined): number | undefined =>
  timeOf(message?.send_date, ...dates(textOf(message?.send_date)));

/** `June 19, 2023 4:13pm` and `2023-6-19@16h13m45s`, as times in ms. */
function dates(text: string): number[] {
  const words = /^(\w+ \d+, \d{4}) (\d+):(\d+)\s*([ap])m$/i.exec(text);
  if (words) {
    const hour = (Number(words[2]) % 12) + (words[4]?.toLowerCase() === 'p' ? 12 : 0);
    return [Date.parse(`${words[1]} ${hour}:${words[3]}`)];
  }
  const stamp = /^(\d{4})-(\d+)-(\d+) ?@(\d+)h ?(\d+)m(?: ?(\d+)s)?/.exec(text);
  if (!stamp) return [];
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = stamp
    .slice(1)
    .map((part) => Number(part ?? 0));
  return [new Date(year, month - 1, day, hour, minute, second).getTime()];
}
