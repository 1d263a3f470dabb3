/** Who wrote a reply, how it was asked for and what it took, as lines of name and words. Pure. */
import { costOf, type Model, type Source } from '../../../protocol/index.ts';
import type { MessageHeader } from '../../../tree/index.ts';
import { numberText } from '../../components/amount-text.ts';
import { exactText } from '../../components/date-text.ts';
import { costText } from '../models/later.ts';
import * as strings from './strings.ts';

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
    [
      strings.writtenBy,
      author.demo ? strings.writtenByDemo(author.name) : strings.writtenByModel(author.name, served),
    ],
    [strings.writtenOn, exactText(time)],
    author.name !== id && !author.demo && [strings.model, id],
    [strings.temperature, temperature === undefined ? strings.modelDefault : String(temperature)],
    context && [strings.messagesRead, readWords(context)],
    usage.input !== undefined && [strings.tokensIn, withPart(usage.input, usage.cached, strings.fromCache)],
    usage.output !== undefined && [
      strings.tokensOut,
      withPart(usage.output, usage.reasoning, strings.forThoughts),
    ],
    finish?.firstWord !== undefined && [strings.firstWordAfter, seconds(finish.firstWord)],
    // One from elsewhere has one time alone.
    finish && finish.at > time && [strings.finishedAfter, seconds(finish.at - time)],
    !author.demo && [strings.cost, costWords(header, model)],
  ];
  return facts.filter((fact): fact is Fact => Boolean(fact));
}

function readWords({ read, of, window }: NonNullable<MessageHeader['context']>): string {
  const all = read < of ? strings.readLast(read, of) : strings.readAll(of);
  return strings.inWindow(all, window);
}

function costWords({ usage }: MessageHeader, model: Model | undefined): string {
  const cost = costOf(usage, model?.price);
  if (cost !== undefined) return strings.byPricesOf(costText(cost), model?.price?.date);
  return usage?.input === undefined ? strings.noTokensCounted : strings.noPrice;
}

function withPart(whole: number, part: number | undefined, what: string): string {
  return part ? strings.ofThem(whole, part, what) : numberText(whole);
}

/** "0.4 s", "12 s", "2 min 5 s". */
export function seconds(ms: number): string {
  const s = Math.max(0, ms) / 1_000;
  if (s < 10) return `${s.toFixed(1)} s`;
  if (s < 120) return `${Math.round(s)} s`;
  return `${Math.floor(s / 60)} min ${Math.round(s % 60)} s`;
}
