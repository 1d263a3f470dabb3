/** How a model is to be asked for a reply: its temperature, and what of the context it can read (docs/protocol.md, "Windows"). */
import {
  type Conversation,
  contextOfChain,
  fitWindow,
  isAudio,
  isImage,
  type Message,
  type Overflow,
  roomIn,
  withInstruction,
} from '../../../protocol/index.ts';
import {
  type Asking,
  agentPlan,
  copyAt,
  folderPlan,
  type MessageHeader,
  type ModelRef,
  type Tree,
} from '../../../tree/index.ts';
import { EngineError } from '../../engine/index.ts';
import type { AgentName, ModelName } from '../../models/port.ts';
import type { Store } from '../index/store.ts';
import { refusals } from '../kit/refusals.ts';
import { readTo } from '../reply/context.ts';

export interface AskingWish {
  readonly model: ModelRef;
  /** Absent: as the conversation is set; null: not at all. */
  readonly temperature?: number | null | undefined;
  readonly overflow?: Overflow | null | undefined;
  /** For agents: the folder, and whether one that cannot go back begins anew. */
  readonly folder?: string | null | undefined;
  readonly anew?: boolean | null | undefined;
  /** Whether a branch gets files of its own. Absent: as the conversation is set. */
  readonly copies?: boolean | null | undefined;
}

export interface Question {
  /** The conversation's settings. */
  readonly header: Conversation;
  readonly wish: AskingWish;
  /** The reply's id. Default: no agent is asked for it. */
  readonly reply?: string;
  /** Null: no source here serves the model. */
  readonly named: ModelName | null;
  /** What the reply comes after; null: nothing was said before. */
  readonly after: MessageHeader | null | undefined;
  /** What is said with it: one message, or several after one another. */
  readonly said?: Message | readonly Message[];
  /** What the reply is to begin with. Default: nothing. */
  readonly begun?: string | undefined;
  /** What the model is told beside the question. Default: nothing. */
  readonly instruction?: string | undefined;
  readonly tree: Tree;
}

/** Throws Refusal `no-images`, `no-audio`, `cannot-continue`, `context-too-large`, EngineError. Writes nothing. */
export async function askingOf(store: Store, question: Question): Promise<Asking> {
  const { header, wish, named, said } = question;
  const parts = listOf(said).flatMap((message) => message.parts);
  const holds = (is: typeof isImage) => parts.some((part) => part.kind === 'file' && is(part));
  if (named?.images === false && holds(isImage)) throw refusals.noImages(named.name);
  if (named?.audio === false && holds(isAudio)) throw refusals.noAudio(named.name);
  if (named?.agent && question.begun !== undefined) throw refusals.cannotContinue(named.name);
  if (named?.agent) return askingOfAgent(named.agent, named.name, question);
  const temperature = wish.temperature === undefined ? header.temperature : wish.temperature;
  const overflow = wish.overflow === undefined ? header.overflow : wish.overflow;
  const context = await contextIn(store, question);
  if (context && context.read < context.of && (overflow !== 'drop-oldest' || context.read === 0))
    throw refusals.contextTooLarge(named?.name ?? wish.model.id, context);
  return {
    ...(typeof temperature === 'number' && { temperature }),
    ...(context && { context: { window: context.window, read: context.read, of: context.of } }),
  };
}

const listOf = (said: Question['said']): readonly Message[] => (said ? [said].flat() : []);

/** Throws Refusal `no-folder`, `folder-fixed`, `copy-or-not`, `cannot-go-back`. Writes nothing; may start the agent. */
async function askingOfAgent(agent: AgentName, name: string, question: Question): Promise<Asking> {
  const { header, wish, after, tree } = question;
  const wanted = wish.folder ?? header.folder;
  if (wanted === undefined) throw refusals.noFolder(name);
  const folder = await agent.folder(wanted);
  const fixed = folderOfAgents(tree);
  if (fixed !== undefined && fixed !== folder) throw refusals.folderFixed(fixed);
  const copy = await copyOf(agent, question, folder);
  const asking = { folder, ...(copy !== undefined && { copy }) };
  const place = { at: after?.id ?? null, agent: wish.model.id, copy };
  const first = agentPlan(tree, { ...place, abilities: NOTHING });
  if (first.ways[0]?.kind === 'new') return asking;
  // Said for this once: the ways there seem to be led nowhere.
  if (wish.anew) return { ...asking, anew: true };
  const abilities = await agent.abilities();
  const plan = agentPlan(tree, { ...place, abilities, isOpen: agent.isOpen });
  if (plan.ways.length > 0) return asking;
  if (wish.anew === undefined && header.anew) return { ...asking, anew: true };
  throw refusals.cannotGoBack(name, plan.why);
}

/** The copy it works in; undefined: the folder itself. Throws Refusal `copy-or-not` where a person has to say first. */
async function copyOf(
  agent: AgentName,
  { header, wish, after, reply, tree }: Question,
  folder: string,
): Promise<string | undefined> {
  const plan = folderPlan(tree, { at: after?.id ?? null, reply });
  if (plan.kind === 'there') return plan.copy;
  const shared = after ? copyAt(tree, after.id) : undefined;
  const wanted = wish.copies === undefined || wish.copies === null ? header.copies : wish.copies;
  // All in one folder: it goes on in the one above it.
  if (wanted === false || !(await agent.copies?.(folder))) return shared;
  if (wanted === undefined) throw refusals.copyOrNot(folder);
  return reply;
}

const NOTHING = { reopens: false, forks: false, cursors: false, forksAtMessages: false };

/** Agents that answered here worked in it; undefined: none did. */
function folderOfAgents(tree: Tree): string | undefined {
  for (const { folder } of tree.messages.values()) if (folder !== undefined) return folder;
  return undefined;
}

/**
 * Null where no window is known, or the chain cannot be read as a whole: whoever asks the model says so. It is read in any case:
 * where the storage cannot, nothing is said on top of it.
 */
async function contextIn(store: Store, question: Question) {
  const chain = await chainOf(store, question);
  const { window } = question.named ?? {};
  if (!chain || window === undefined) return null;
  const { tokens, read, of } = fitWindow(
    withInstruction(chain, question.instruction),
    window,
    question.wish.model,
    question.begun,
  );
  return { window, room: roomIn(window), used: tokens, read, of };
}

async function chainOf(
  store: Store,
  { header, after, said, wish, tree }: Question,
): Promise<readonly Message[] | null> {
  const rest = listOf(said);
  if (!after) return rest;
  try {
    const chain = await readTo(store, {
      ...{ conversation: header.id, tree, branch: after.branch, tip: after.id },
    });
    return contextOfChain([...chain, ...rest], wish.model);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    return null;
  }
}
