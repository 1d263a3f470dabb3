/** Who wrote a reply, how it was asked for and what it took, as lines of name and words. Pure. */
import { costOf, type Model, type Source } from '../../../protocol/index.ts';
import type { MessageHeader } from '../../../tree/index.ts';
import { numberText } from '../../components/amount-text.ts';
import { costText } from '../models/later.ts';

export type Fact = readonly [name: string, words: string];

/** Facts that are not known are left out, but for the cost: that it is not known is said. */
export function replyFacts(
  header: MessageHeader,
  models: readonly Model[],
  sources: readonly Source[],
): readonly Fact[] {
  const { author, usage = {}, finish, temperature, context, time } = header;
  if (author.kind !== 'model') return [];
  const { source, id } = author.model;
  const model = models.find(({ ref }) => ref.source === source && ref.id === id);
  const served = model?.sourceName ?? sources.find((one) => one.id === source)?.name ?? source;
  const facts: (Fact | undefined | false)[] = [
    ['Written by', author.demo ? `${author.name}: no AI` : `${author.name} on ${served}`],
    author.name !== id && !author.demo && ['Model', id],
    ['Temperature', temperature === undefined ? 'left to the model' : String(temperature)],
    context && ['Messages read', readWords(context)],
    usage.input !== undefined && ['Tokens in', withPart(usage.input, usage.cached, 'from its cache')],
    usage.output !== undefined && ['Tokens out', withPart(usage.output, usage.reasoning, 'for thoughts')],
    finish?.firstWord !== undefined && ['First word after', seconds(finish.firstWord)],
    finish && ['Finished after', seconds(finish.at - time)],
    !author.demo && ['Cost', costWords(header, model)],
  ];
  return facts.filter((fact): fact is Fact => Boolean(fact));
}

function readWords({ read, of, window }: NonNullable<MessageHeader['context']>): string {
  const all = read < of ? `the last ${numberText(read)} of ${numberText(of)}` : `all ${numberText(of)}`;
  return `${all}, in a window of ${numberText(window)} tokens`;
}

function costWords({ usage }: MessageHeader, model: Model | undefined): string {
  const cost = costOf(usage, model?.price);
  if (cost !== undefined) return `${costText(cost)}, by prices of ${model?.price?.date}`;
  return usage?.input === undefined ? 'not known: no tokens were counted' : 'not known: no price is known';
}

function withPart(whole: number, part: number | undefined, what: string): string {
  return part ? `${numberText(whole)}, ${numberText(part)} of them ${what}` : numberText(whole);
}

/** "0.4 s", "12 s", "2 min 5 s". */
export function seconds(ms: number): string {
  const s = Math.max(0, ms) / 1_000;
  if (s < 10) return `${s.toFixed(1)} s`;
  if (s < 120) return `${Math.round(s)} s`;
  return `${Math.floor(s / 60)} min ${Math.round(s % 60)} s`;
}
