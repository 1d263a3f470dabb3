/** What an agent wants to know from a person (`elicitation/create`), as a question: a form with fields, or an address to open. Hostile: cleaned and bounded. Pure. */
import { z } from 'zod';
import { FIELDS_LIMIT, type FormField, type FormValues } from '../../../protocol/parts/question-fields.ts';
import type { OpenQuestion } from '../../counterparts/port.ts';
import type { RpcMessage } from '../process.ts';
import { clean } from '../updates.ts';

const CHOICES = 500;
const MESSAGE = 20_000;

const said = z.string().nullish().catch(null);
const count = z.number().nullish().catch(null);
const titled = z.looseObject({ const: z.string(), title: z.string(), description: said });
const names = z.array(z.string()).nullish().catch(null);
const titles = z.array(titled).nullish().catch(null);
const property = z.looseObject({
  ...{ type: z.string(), title: said, description: said, format: said, default: z.unknown().optional() },
  ...{ minLength: count, maxLength: count, minimum: count, maximum: count, minItems: count, maxItems: count },
  ...{ enum: names, oneOf: titles },
  items: z.looseObject({ enum: names, anyOf: titles }).nullish().catch(null),
});
const request = z.discriminatedUnion('mode', [
  z.looseObject({
    mode: z.literal('form'),
    message: z.string(),
    requestedSchema: z.looseObject({
      title: said,
      properties: z.record(z.string(), z.unknown()),
      required: names,
    }),
  }),
  z.looseObject({ mode: z.literal('url'), message: z.string(), url: z.string(), elicitationId: z.string() }),
]);

export interface Wanted {
  readonly question: Omit<OpenQuestion, 'id'>;
  /** The id an address has with the agent, which says when it is done with it. */
  readonly link?: string;
}

const SEND = { id: 'send', name: 'Send', kind: 'accept' };
const DECLINE = { id: 'decline', name: 'Decline', kind: 'decline' };

/** A sentence: it cannot be asked here. */
export function wantedIn(params: RpcMessage): Wanted | string {
  const read = request.safeParse(params);
  if (!read.success) return 'The agent asked for something in a way this version of Bough does not know.';
  const { message } = read.data;
  const [title, detail] = split(clean(message).trim());
  const words = { asks: 'question', title, ...(detail !== '' && { detail }) } as const;
  if (read.data.mode === 'url') {
    const url = URL.canParse(read.data.url) ? new URL(read.data.url) : undefined;
    if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
      return 'The agent wanted an address to be opened that is none of the web.';
    const open = { id: 'open', name: `Open ${url.host}`, kind: 'accept' };
    return {
      question: { ...words, link: url.href, options: [open, DECLINE] },
      link: read.data.elicitationId,
    };
  }
  const { properties, required } = read.data.requestedSchema;
  const fields = Object.entries(properties)
    .slice(0, FIELDS_LIMIT)
    .map(([name, one]) => fieldOf(name, one, required));
  const known = fields.filter((field) => field !== null);
  const missing = (required ?? []).some((name) => !known.some((field) => field.name === name));
  if (missing) return 'The agent asked for something that this version of Bough has no field for.';
  return { question: { ...words, fields: known, options: [SEND, DECLINE] } };
}

/** The first line, and what follows it. */
function split(message: string): readonly [string, string] {
  const [first = '', ...rest] = message.split('\n');
  const title = first.trim() || 'The agent wants to know';
  if (title.length <= 300) return [title, rest.join('\n').trim().slice(0, MESSAGE)];
  return [`${title.slice(0, 200)}…`, message.slice(0, MESSAGE)];
}

/** Null: no field of a kind this version knows. */
function fieldOf(
  name: string,
  said: unknown,
  required: readonly string[] | null | undefined,
): FormField | null {
  const read = property.safeParse(said);
  if (!read.success || name === '' || name.length > 200) return null;
  const one = read.data;
  const kind = kindOf(one);
  if (!kind) return null;
  const [least, most] = boundsOf(one);
  const choices = kind === 'choice' || kind === 'choices' ? choicesOf(one) : undefined;
  const initial = initialOf(kind, one.default, choices);
  const format = FORMATS.find((known) => known === one.format);
  return {
    ...{ name, label: line(one.title ?? name) || name, kind },
    ...(one.description && { about: clean(one.description).slice(0, 2_000) }),
    ...(required?.includes(name) && { required: true }),
    ...(kind === 'text' && format && { format }),
    ...(least != null && { least }),
    ...(most != null && { most }),
    ...(choices && { choices }),
    ...(initial !== undefined && { initial }),
  };
}

const FORMATS = ['email', 'uri', 'date', 'date-time'] as const;
type Property = z.output<typeof property>;

function kindOf({ type, enum: values, oneOf, items }: Property): FormField['kind'] | undefined {
  if (type === 'string') return values || oneOf ? 'choice' : 'text';
  if (type === 'number' || type === 'integer') return type;
  if (type === 'boolean') return 'switch';
  return type === 'array' && (items?.enum || items?.anyOf) ? 'choices' : undefined;
}

function boundsOf({ type, minLength, maxLength, minimum, maximum, minItems, maxItems }: Property) {
  if (type === 'string') return [minLength, maxLength] as const;
  return type === 'array' ? ([minItems, maxItems] as const) : ([minimum, maximum] as const);
}

function choicesOf({ enum: values, oneOf, items }: Property): NonNullable<FormField['choices']> {
  const plain = values ?? items?.enum;
  const named =
    oneOf ??
    items?.anyOf ??
    (plain ?? []).map((value) => ({ const: value, title: value, description: null }));
  return named.slice(0, CHOICES).flatMap(({ const: value, title, description }) => {
    if (value.length > 300) return [];
    const about = description ? { about: line(description) } : {};
    return [{ value, name: line(title) || value || '…', ...about }];
  });
}

function initialOf(kind: FormField['kind'], value: unknown, choices: FormField['choices']) {
  const isOffered = (one: unknown) => choices?.some((choice) => choice.value === one) ?? false;
  if (kind === 'switch') return typeof value === 'boolean' ? value : undefined;
  if (kind === 'number' || kind === 'integer') return typeof value === 'number' ? value : undefined;
  if (kind === 'choices') return Array.isArray(value) ? (value.filter(isOffered) as string[]) : undefined;
  if (typeof value !== 'string') return undefined;
  return kind === 'choice' ? (isOffered(value) ? value : undefined) : clean(value).slice(0, 20_000);
}

const line = (text: string): string => clean(text).replace(/\s+/g, ' ').trim().slice(0, 200);

/** What the agent is told. @param option null: nobody answers any more */
export function told(option: string | null, values: FormValues | undefined): object {
  if (option === null) return { action: 'cancel' };
  if (option === DECLINE.id) return { action: 'decline' };
  return { action: 'accept', ...(option === SEND.id && { content: values ?? {} }) };
}
