/** Where an agent would be asked to go back, said before anything is pressed: how it gets there, and which changed files stay as they are. Pure. */
import type { ConversationView } from '../../../client/types.ts';
import { AGENTS, agentPlan, copyAt, folderPlan, type ModelRef, type NoWay } from '../../../tree/index.ts';
import type { OpenPage } from '../../stores/page.ts';
import * as strings from '../strings/agents.ts';

/** How many files are named. */
const NAMED = 3;

export interface WayBack {
  readonly kind: 'native' | 'text' | 'unknown';
  readonly sentence: string;
}

/**
 * How an agent gets to a message.
 * @param at the message to answer or to follow; null: nothing was said before
 * @returns null for whoever is no agent, and where nothing was answered before
 */
export function wayBack(
  { view, nameOf, agentOf }: OpenPage,
  at: string | null,
  model: ModelRef,
): WayBack | null {
  if (model.source !== AGENTS) return null;
  const name = nameOf(model);
  const agent = agentOf?.(model);
  const folder = folderPlan(view.tree, { at });
  // A copy that is not there yet is nobody's.
  const copy = folder.kind === 'there' ? folder.copy : view.header?.copies ? 'new' : copyAt(view.tree, at);
  const place = { at, agent: model.id, abilities: agent?.abilities ?? NOTHING, copy };
  // One that forgets its sessions may have this one still.
  const isOpen = () => agent?.state === 'running';
  const { ways, why } = agentPlan(view.tree, { ...place, isOpen });
  const [first] = ways;
  if (first?.kind === 'new') return null;
  if (first)
    return { kind: 'native', sentence: first.kind === 'go-on' ? strings.goesOn(name) : strings.forks(name) };
  if (!agent?.abilities && (why === undefined || !SURE.has(why)))
    return { kind: 'unknown', sentence: strings.notKnown(name) };
  const sentence = view.header?.anew ? strings.beginsAnew(name) : strings.canBeginAnew(name);
  return { kind: 'text', sentence: `${sentence} ${strings.whyNot[why ?? 'unknown']}` };
}

const NOTHING = { reopens: false, forks: false, cursors: false, forksAtMessages: false };
/** True whatever the agent can do. */
const SURE: ReadonlySet<NoWay> = new Set(['not-its-own', 'unknown']);

/** Files that agents changed on the visible path after a message; null: from its start. */
export function changedAfter({ path }: ConversationView, after: string | null): readonly string[] {
  // From the end: many ask, and of a path of thousands mostly after one of the last.
  const at = path.findLastIndex(({ kind, key }) => kind === 'message' && key === after);
  if (after !== null && at < 0) return [];
  const files = new Set<string>();
  for (let index = at + 1; index < path.length; index += 1) {
    const entry = path[index];
    if (entry?.kind === 'message') for (const file of entry.header.changed ?? []) files.add(file);
  }
  return [...files];
}

/** "notes.txt and new.txt stay as Scripted left them"; empty where none were changed. */
export function staysText(files: readonly string[]): string {
  if (files.length === 0) return '';
  const [names, more] = [files.slice(0, NAMED).map(shortName), files.length - NAMED];
  return strings.filesStay(names, Math.max(0, more));
}

/** The last two parts of a path tell it from others. */
const shortName = (path: string): string => path.split(/[/\\]/).filter(Boolean).slice(-2).join('/');

/** What to add to what an action says of itself: that the way is no plain one, and what stays. Starts with a space, or is empty. */
export function goingBack(page: OpenPage, at: string | null, model: ModelRef | undefined): string {
  const way = model ? wayBack(page, at, model) : null;
  const ownFiles = way && page.view.header?.copies && folderPlan(page.view.tree, { at }).kind === 'apart';
  const files = ownFiles ? strings.ownFiles : staysText(changedAfter(page.view, at));
  const said = [way?.sentence, files].filter(Boolean);
  return said.length === 0 ? '' : `. ${said.join(' ')}`;
}
