/**
 * A session of an editor: one branch of a conversation. What is said on it, here or in a browser, is told to the editor once, in order; what
 * the editor says is a message like any other.
 */
import type { Bough } from '../client/bough.ts';
import { type FollowedConversation, followConversation, followToEnd, readTree } from '../client/follow.ts';
import { newId, openQuestion, type QuestionPart, type Reply } from '../protocol/index.ts';
import type { MessageHeader, ModelRef, Usage } from '../tree/index.ts';
import { type BranchLine, lineOf, type SessionPlace, sessionIdOf } from './line.ts';
import { modelList, modelOf } from './models.ts';
import { sayable } from './prompt.ts';
import { cursorUpdate, newIn, nothingTold, type Update, userUpdates } from './updates.ts';

/** The editor, as a session sees it. */
export interface Editor {
  update(sessionId: string, update: Update): void;
  /** Asks the person there; the option chosen, or null. `signal`: somebody else has answered. */
  ask(sessionId: string, question: QuestionPart, reply: string, signal: AbortSignal): Promise<string | null>;
  /** It knows session cursors. */
  readonly cursors: boolean;
  /** What went wrong where nobody waits for it. */
  readonly trouble: (error: unknown) => void;
}

export interface SessionOptions {
  readonly bough: Bough;
  readonly editor: Editor;
  readonly place: SessionPlace;
  /** The folder it is about. */
  readonly cwd: string;
}

export interface PromptOutcome {
  readonly stopReason: 'end_turn' | 'max_tokens' | 'cancelled';
  readonly usage?: object;
}

/** A prompt of the editor, and its answer. */
interface PromptTurn {
  readonly reply: string;
  /** Bough has taken the prompt. */
  sent: boolean;
  cancelled: boolean;
  /** The answer, once the editor has all of it. */
  told?: Reply;
}

export class Session {
  readonly id: string;
  readonly place: SessionPlace;
  readonly cwd: string;
  private readonly bough: Bough;
  private readonly editor: Editor;
  /** Undefined until something was said: until then nothing is written. */
  private followed: FollowedConversation | undefined;
  private unsubscribe = (): void => {};
  /** What the editor has, by message. */
  private readonly told = new Set<string>();
  /** Tellings stand in line, so that nothing is told out of order. */
  private telling: Promise<void> = Promise.resolve();
  private turn: PromptTurn | undefined;
  /** What answers, chosen before anything was said. */
  private chosen: ModelRef | undefined;
  /** Where it goes on: elsewhere, once something else was said first where a prompt was to stand. */
  private branch: string;
  private closed = false;

  constructor({ bough, editor, place, cwd }: SessionOptions) {
    this.bough = bough;
    this.editor = editor;
    this.place = place;
    this.cwd = cwd;
    this.id = sessionIdOf(place);
    this.branch = place.branch;
  }

  /** Begins to follow a branch that is there. @param replay tells all that was said before */
  async open(replay: boolean): Promise<void> {
    const { messages } = lineOf(await readTree(this.bough, this.place.conversation), this.place.branch);
    if (!replay) for (const { id } of messages) this.told.add(id);
    if (!replay) for (const header of messages) this.tellCursor(header);
    await this.follow();
    await this.pump();
  }

  /** Nothing was said in it yet, and nothing written. */
  get isUnsaid(): boolean {
    return this.followed === undefined;
  }

  get line(): BranchLine {
    return this.followed ? lineOf(this.followed.get().tree, this.branch) : { messages: [], tip: null };
  }

  get model(): ModelRef | undefined {
    return this.header?.model ?? this.chosen;
  }

  get title(): string | undefined {
    return this.header?.title.text || undefined;
  }

  async choose(model: ModelRef): Promise<void> {
    if (this.isUnsaid) this.chosen = model;
    else await this.bough.actions.settings({ conversation: this.place.conversation, model });
  }

  /** Says the prompt and waits for its answer; all of it is told by then. Rejects with a sentence. */
  async prompt(blocks: readonly unknown[]): Promise<PromptOutcome> {
    if (this.turn) throw new Error('A prompt of this session is still being answered.');
    const turn: PromptTurn = { reply: newId(), sent: false, cancelled: false };
    this.turn = turn;
    try {
      await this.say(blocks, turn.reply);
      turn.sent = true;
      if (turn.cancelled) await this.stop(turn.reply);
      await this.tell(() => this.tellReply(turn.reply));
      if (!turn.told) throw new Error(NOT_TOLD);
      return turnOf(turn.told, turn.cancelled);
    } finally {
      this.turn = undefined;
      void this.pump();
    }
  }

  async cancel(): Promise<void> {
    const { turn } = this;
    if (!turn) return;
    turn.cancelled = true;
    if (turn.sent) await this.stop(turn.reply);
  }

  close(): void {
    this.closed = true;
    this.unsubscribe();
    this.followed?.close();
  }

  private get header() {
    return this.bough.list.data()?.all.get(this.place.conversation)?.header;
  }

  private async say(blocks: readonly unknown[], reply: string): Promise<void> {
    const { bough, branch, cwd } = this;
    const { conversation } = this.place;
    const { text, files } = await sayable(bough, blocks);
    const model = this.model ?? (await modelList(bough)).default;
    if (this.isUnsaid) {
      await bough.command('create', { conversation });
      await bough.command('settings', { conversation, folder: cwd, model });
      await this.follow();
    }
    const tree = await readTree(bough, conversation);
    const { tip, live } = lineOf(tree, branch);
    if (live)
      throw new Error(
        'A reply is still being written here, asked for elsewhere. Wait for it, or stop it there.',
      );
    const isFirst = !tree.messages.has(branch);
    const message = isFirst ? branch : newId();
    this.told.add(message);
    const origin = isFirst && tip !== null ? { origin: 'fork' as const } : {};
    const said = { conversation, message, parent: tip, text, files: [...files], reply, model, ...origin };
    const sent = await bough.command('send', said).catch((error: unknown) => {
      this.told.delete(message);
      throw error;
    });
    this.branch = sent.branch;
    this.tellCursor({ id: message, role: 'user' });
  }

  private async stop(reply: string): Promise<void> {
    const { conversation } = this.place;
    await this.bough.command('stop', { conversation, reply }).catch(this.editor.trouble);
  }

  private async follow(): Promise<void> {
    this.followed = followConversation(this.bough, this.place.conversation);
    this.unsubscribe = this.followed.subscribe(() => void this.pump());
    await this.followed.ready();
  }

  /** Tells what is new; what is said while an own prompt is on its way waits for its answer. */
  private pump(): Promise<void> {
    return this.tell(async () => {
      for (let next = this.untold(); next && !this.closed; next = this.untold()) {
        if ('role' in next) await this.tellMessage(next);
        else await this.tellReply(next.id);
      }
    });
  }

  private untold() {
    if (this.turn && !this.turn.sent) return undefined;
    const { messages, live } = this.line;
    return (
      messages.find(({ id }) => !this.told.has(id)) ?? (live && !this.told.has(live.id) ? live : undefined)
    );
  }

  private tell(work: () => Promise<void>): Promise<void> {
    this.telling = this.telling.then(work).catch(this.editor.trouble);
    return this.telling;
  }

  private async tellMessage(header: MessageHeader): Promise<void> {
    this.told.add(header.id);
    const message = await this.followed?.message(header.id);
    if (!message) return;
    const updates =
      header.role === 'user' ? userUpdates(message) : newIn(nothingTold, header.id, message.parts).updates;
    for (const update of updates) this.update(update);
    this.tellCursor(header);
  }

  /** Tells a reply as it is written, until its end. */
  private async tellReply(id: string): Promise<void> {
    if (this.told.has(id) || !this.followed) return;
    this.told.add(id);
    const asking = new Map<string, AbortController>();
    let told = nothingTold;
    const hear = (reply: Reply): void => {
      const { updates, ...next } = newIn(told, id, reply.parts);
      told = next.told;
      for (const update of updates) this.update(update);
      this.askPerson(reply, id, asking);
    };
    const reply = await followToEnd(this.followed, id, hear).finally(() => {
      for (const controller of asking.values()) controller.abort();
    });
    if (this.turn?.reply === id) this.turn.told = reply;
    this.tellCursor({ id, role: 'assistant' });
    await this.tellUsage(reply);
  }

  private askPerson(reply: Reply, id: string, asking: Map<string, AbortController>): void {
    const question = reply.end ? undefined : openQuestion(reply.parts);
    for (const [known, controller] of asking) if (known !== question?.id) controller.abort();
    if (!question || asking.has(question.id)) return;
    const controller = new AbortController();
    asking.set(question.id, controller);
    const { conversation } = this.place;
    this.editor
      .ask(this.id, question, id, controller.signal)
      .then(async (option) => {
        if (option === null || controller.signal.aborted) return;
        await this.bough.command('answer', { conversation, reply: id, question: question.id, option });
      })
      .catch((error: unknown) => controller.signal.aborted || this.editor.trouble(error));
  }

  private async tellUsage({ usage, generation }: Reply): Promise<void> {
    if (!usage || !generation) return;
    const size = modelOf(await modelList(this.bough), generation.model)?.window;
    const used = (usage.input ?? 0) + (usage.output ?? 0);
    if (size !== undefined && used > 0) this.update({ sessionUpdate: 'usage_update', used, size });
  }

  private tellCursor(header: Pick<MessageHeader, 'id' | 'role'>): void {
    if (this.editor.cursors) this.update(cursorUpdate(header));
  }

  private update(update: Update): void {
    if (!this.closed) this.editor.update(this.id, update);
  }
}

const NOT_TOLD = 'The answer could not be told to its end. It is in Bough.';

function turnOf({ end, usage }: Reply, cancelled: boolean): PromptOutcome {
  const used = usage ? { usage: usageOf(usage) } : {};
  if (cancelled || end?.reason === 'stopped') return { stopReason: 'cancelled', ...used };
  if (end?.reason === 'failed') throw new Error(end.failure?.sentence ?? 'The reply failed.');
  if (end?.reason === 'interrupted') throw new Error('The reply was interrupted: what answers it has ended.');
  return { stopReason: end?.length ? 'max_tokens' : 'end_turn', ...used };
}

function usageOf({ input = 0, output = 0, reasoning, cached }: Usage): object {
  return {
    ...{ inputTokens: input, outputTokens: output, totalTokens: input + output },
    ...(reasoning !== undefined && { thoughtTokens: reasoning }),
    ...(cached !== undefined && { cachedReadTokens: cached }),
  };
}
