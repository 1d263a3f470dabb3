/** A conversation of another program as Bough's own messages: ids that are the same at every import, times, authors, origins. Pure. */
import { createHash } from 'node:crypto';
import {
  LABEL_LIMIT,
  type Message,
  type Part,
  TITLE_LIMIT,
  titleFromWords,
  VERSION,
} from '../../../protocol/index.ts';
import type { Author, Origin } from '../../../tree/index.ts';
import type { Brought, BroughtMark } from '../../conversations/index.ts';
import { type SourceFile, type SourceWords, type StraightNode, straighten } from './nodes.ts';
import type { Format, SourceConversation } from './source.ts';
import { textOf as wellFormed } from './values.ts';

/** What became of a file that a message names. */
export type FileResolver = (file: SourceFile) => Part;

export interface Assembled {
  readonly brought: Brought;
  /** What was odd about it and how often. */
  readonly odd: ReadonlyMap<string, number>;
  readonly files: readonly SourceFile[];
}

/** @param now ms since the epoch, for what has no time at all */
export function assemble(
  format: Format,
  source: SourceConversation,
  now: number,
  resolve: FileResolver = missingFile,
): Assembled {
  const odd = new Map(source.odd);
  const { messages: nodes, nearest } = straighten(source.nodes, odd);
  const conversation = hashed(`${format.id} ${source.id}`);
  const idOf = (node: string): string => hashed(`${conversation} ${node}`);
  const times = timesOf(nodes, source.created ?? source.updated ?? now);
  const firstOf = new Map<string, string>();
  const files: SourceFile[] = [];
  const messages = nodes.map((node): Message => {
    const family = `${node.parent} ${node.words.role}`;
    const first = firstOf.get(family);
    if (first === undefined) firstOf.set(family, node.id);
    const time = times.get(node.id) as number;
    files.push(
      ...node.words.parts.filter((part) => part.kind === 'attachment').map((part) => part as SourceFile),
    );
    return {
      ...{ v: VERSION, kind: 'message', id: idOf(node.id) },
      parent: node.parent === null ? null : idOf(node.parent),
      role: node.words.role,
      author: authorOf(format, node.words),
      parts: node.words.parts.map((part) =>
        part.kind === 'attachment' ? resolve(part as SourceFile) : (part as Part),
      ),
      origin: originOf(node.words.role, first === undefined ? undefined : idOf(first)),
      time,
      ...endOf(node.words, time),
    };
  });
  const current = source.current === undefined ? undefined : nearest(source.current);
  const all = [...times.values()];
  const created = source.created ?? (all.length > 0 ? all.reduce((a, b) => Math.min(a, b)) : now);
  return {
    brought: {
      conversation,
      ...titleOf(source, nodes),
      created,
      active: Math.max(
        source.updated ?? 0,
        created,
        all.reduce((a, b) => Math.max(a, b), 0),
      ),
      ...(source.archived && { archived: true }),
      messages,
      marks: nodes.flatMap((node) => marksOf(idOf(node.id), node.words)),
      ...(current !== undefined && { leaf: idOf(current) }),
    },
    odd,
    files,
  };
}

/** 126 bits, as ids have here. */
export const hashed = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 21);

/** Where the content of a file is not in what is imported, its name is kept. */
export const missingFile: FileResolver = ({ name }) => ({
  kind: 'data',
  name: 'A file that is not in the export',
  value: { name },
});

function titleOf(
  { title }: SourceConversation,
  nodes: readonly StraightNode[],
): { title?: Brought['title'] } {
  if (title) return { title: { text: wellFormed(title.slice(0, TITLE_LIMIT)), by: 'person' } };
  const by = (role: SourceWords['role']) => nodes.find(({ words }) => words.role === role);
  const first = (by('user') ?? by('system'))?.words.parts.find(({ kind }) => kind === 'text');
  return first?.kind === 'text' ? { title: { text: titleFromWords(first.text), by: 'words' } } : {};
}

function authorOf(format: Format, { role, model }: SourceWords): Author {
  if (role !== 'assistant') return { kind: 'user' };
  const id = (model ?? format.id).slice(0, 300);
  return { kind: 'model', model: { source: format.id, id }, name: model ? id : format.name };
}

function originOf(role: SourceWords['role'], first: string | undefined): Origin {
  if (first === undefined || role === 'system') return { kind: 'send' };
  return { kind: role === 'user' ? 'edit' : 'regenerate', of: first };
}

function endOf({ role, finish, usage }: SourceWords, at: number): Pick<Message, 'finish' | 'usage'> {
  if (role !== 'assistant') return {};
  return { finish: { reason: 'complete', at, ...finish }, ...(usage && { usage }) };
}

function marksOf(message: string, { rating }: SourceWords): BroughtMark[] {
  if (rating === 'up') return [{ message, star: true }];
  return rating === 'down' ? [{ message, label: RATED_DOWN.slice(0, LABEL_LIMIT), colour: 'red' }] : [];
}

const RATED_DOWN = 'Rated down';

/** What has no time comes right after what is above it, or last said beside it; of those beside each other no two have the same. */
function timesOf(nodes: readonly StraightNode[], start: number): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  const beside = new Map<string | null, { readonly taken: Set<number>; last: number }>();
  for (const { id, parent, words } of nodes) {
    const above = parent === null ? start : (times.get(parent) as number) + 1;
    const family = beside.get(parent) ?? { taken: new Set<number>(), last: above - 1 };
    const wanted = words.time ?? family.last + 1;
    const time = family.taken.has(wanted) ? family.last + 1 : wanted;
    family.taken.add(time);
    family.last = Math.max(family.last, time);
    beside.set(parent, family);
    times.set(id, time);
  }
  return times;
}
