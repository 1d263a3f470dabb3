/** What an agent wants leave for (`session/request_permission`), as a question, and what it is told of the answer. Pure. */
import { createPatch } from 'diff';
import { z } from 'zod';
import type { OpenQuestion } from '../../counterparts/port.ts';
import type { RpcMessage } from '../process.ts';
import { clean, oneLine, type ToolCallUpdate } from '../updates.ts';

/** Of the command or the changes in question, in characters. */
export const DETAIL_LIMIT = 20_000;

const request = z.looseObject({
  toolCall: z.looseObject({
    toolCallId: z.string(),
    title: z.string().nullish(),
    rawInput: z.unknown().optional(),
  }),
  options: z.array(z.looseObject({ optionId: z.string(), name: z.string(), kind: z.string() })).min(1),
});

export type LeaveOptions = z.infer<typeof request>['options'];

/** Throws where it cannot be read. */
export function permissionIn(params: RpcMessage): {
  readonly call: ToolCallUpdate;
  readonly options: LeaveOptions;
} {
  const read = request.safeParse(params);
  if (!read.success) throw new Error('The question cannot be read.');
  const { toolCall, options } = read.data;
  return { call: toolCall as unknown as ToolCallUpdate, options };
}

/** @param known what was said of the call before */
export function permissionQuestion(
  call: ToolCallUpdate,
  options: LeaveOptions,
  known: { readonly title: string; readonly input?: string | undefined } | undefined,
): Omit<OpenQuestion, 'id'> {
  const detail = detailOf(call, known?.input);
  return {
    asks: 'permission',
    title: known?.title ?? 'Use a tool',
    ...(detail !== undefined && { detail }),
    options: options.map(({ name, kind }, at) => ({
      id: `o${at}`,
      name: oneLine(name),
      kind: oneLine(kind),
    })),
  };
}

/** @param option the id that was chosen; absent: nobody will answer */
export function outcomeOf(options: LeaveOptions, option: string | undefined): object {
  const chosen = option === undefined ? undefined : options[Number(option.slice(1))];
  return { outcome: chosen ? { outcome: 'selected', optionId: chosen.optionId } : { outcome: 'cancelled' } };
}

/** The command or the changes in question, in full. */
function detailOf(call: ToolCallUpdate, input: string | undefined): string | undefined {
  const { command } = (call.rawInput ?? {}) as { command?: unknown };
  const changes = (call.content ?? []).flatMap((one) => {
    const { type, path, oldText, newText } = one as Record<string, unknown>;
    if (type !== 'diff' || typeof path !== 'string' || typeof newText !== 'string') return [];
    const patch = createPatch(path, typeof oldText === 'string' ? oldText : '', newText);
    return patch.split('\n').slice(2).join('\n');
  });
  const words = Array.isArray(command) ? command.map(String).join(' ') : command;
  const text = typeof words === 'string' ? words : changes.length > 0 ? changes.join('\n') : input;
  if (text === undefined) return undefined;
  const whole = clean(text);
  return whole.length <= DETAIL_LIMIT ? whole : `${whole.slice(0, DETAIL_LIMIT)}\n… (all of it stands above)`;
}
