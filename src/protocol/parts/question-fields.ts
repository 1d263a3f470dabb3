/**
 * The form of a question (docs/protocol.md, "Questions"): its fields, and whether what was filled in fits them. Both sides ask here. Not part of `index.ts`:
 * in the first load nobody needs it.
 */
import * as z from 'zod/mini';
import { type QuestionPart, textOfAnswer } from './question.ts';

const short = z.string().check(z.minLength(1), z.maxLength(200));
const words = z.string().check(z.maxLength(2_000));

/** Characters of one answer. */
const VALUE_LIMIT = 20_000;
export const FIELDS_LIMIT = 50;

const formValueSchema = z.union([
  z.string().check(z.maxLength(VALUE_LIMIT)),
  z.number(),
  z.boolean(),
  z.array(z.string().check(z.maxLength(300))).check(z.maxLength(500)),
]);
export type FormValue = z.infer<typeof formValueSchema>;
/** By the names of fields. */
export const formValuesSchema = z.record(short, formValueSchema);
export type FormValues = Readonly<Record<string, FormValue>>;

const formFieldSchema = z.object({
  name: short,
  label: short,
  about: z.exactOptional(words),
  kind: z.enum(['text', 'number', 'integer', 'switch', 'choice', 'choices']),
  required: z.exactOptional(z.boolean()),
  /** Of a text. */
  format: z.exactOptional(z.enum(['email', 'uri', 'date', 'date-time'])),
  /** Of a text its characters, of a number itself, of choices how many. */
  least: z.exactOptional(z.number()),
  most: z.exactOptional(z.number()),
  choices: z.exactOptional(
    z.array(
      z.object({ value: z.string().check(z.maxLength(300)), name: short, about: z.exactOptional(words) }),
    ),
  ),
  initial: z.exactOptional(formValueSchema),
});
export type FormField = z.infer<typeof formFieldSchema>;

/** The fields of a form as they are stored; what is damaged is left out. */
export function fieldsOf(stored: readonly unknown[]): readonly FormField[] {
  return stored.flatMap((one) => {
    const read = formFieldSchema.safeParse(one);
    return read.success ? [read.data] : [];
  });
}

/** What is wrong with an answer, as the end of a sentence about its field; undefined: nothing. Absent is nothing filled in. */
export function faultOf(field: FormField, value: FormValue | undefined): string | undefined {
  if (value === undefined || value === '') return field.required ? 'is needed' : undefined;
  switch (field.kind) {
    case 'switch':
      return typeof value === 'boolean' ? undefined : 'is on or off';
    case 'number':
    case 'integer':
      return numberFault(field, value);
    case 'choice':
      return field.choices?.some((one) => one.value === value) ? undefined : 'is one of its choices';
    case 'choices':
      return choicesFault(field, value);
    default:
      return textFault(field, value);
  }
}

function numberFault({ kind, least, most }: FormField, value: FormValue): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'is a number';
  if (kind === 'integer' && !Number.isInteger(value)) return 'is a whole number';
  if (least !== undefined && value < least) return `is at least ${least}`;
  return most !== undefined && value > most ? `is at most ${most}` : undefined;
}

function choicesFault({ choices = [], least = 0, most }: FormField, value: FormValue): string | undefined {
  if (!Array.isArray(value) || new Set(value).size !== value.length) return 'is some of its choices';
  if (!value.every((each) => choices.some((one) => one.value === each))) return 'is some of its choices';
  if (value.length < least) return `is at least ${least} of its choices`;
  return most !== undefined && value.length > most ? `is at most ${most} of its choices` : undefined;
}

function textFault({ format, least, most }: FormField, value: FormValue): string | undefined {
  if (typeof value !== 'string') return 'is a text';
  const { length } = [...value];
  if (least !== undefined && length < least) return `has at least ${least} characters`;
  if (most !== undefined && length > most) return `has at most ${most} characters`;
  if (format === 'email') return /^\S+@\S+$/.test(value) ? undefined : 'is an address of mail';
  if (format === 'uri') return URL.canParse(value) ? undefined : 'is an address, with https:// in front';
  if (format === 'date') return /^\d{4}-\d\d-\d\d$/.test(value) ? undefined : 'is a date, as 2026-11-29';
  if (format === 'date-time') return Number.isNaN(Date.parse(value)) ? 'is a date and a time' : undefined;
  return undefined;
}

/** What is wrong with all answers, in a sentence; undefined: nothing. */
export function formFault(fields: readonly FormField[], values: FormValues): string | undefined {
  const names = new Set(fields.map(({ name }) => name));
  if (Object.keys(values).some((name) => !names.has(name))) return 'The form has no such field.';
  for (const field of fields) {
    const fault = faultOf(field, Object.hasOwn(values, field.name) ? values[field.name] : undefined);
    if (fault) return `“${field.label}” ${fault}.`;
  }
  return undefined;
}

/** "Ada", "yes", "Red, Green". Stored answers of others may hold what no form takes. */
export function valueText(field: FormField | undefined, value: FormValue): string {
  const nameOf = (one: string) => field?.choices?.find((choice) => choice.value === one)?.name ?? one;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map((one) => textOfAnswer(nameOf(one))).join(', ');
  return typeof value === 'string' && field?.kind === 'choice' ? nameOf(value) : textOfAnswer(value);
}

/** What is wrong with an answer to a question, in a sentence; undefined: nothing. Only who accepts fills in anything. */
export function answerFault(
  { fields, options }: Pick<QuestionPart, 'fields' | 'options'>,
  option: string,
  values: FormValues | undefined,
): string | undefined {
  const accepts = options.find(({ id }) => id === option)?.kind === 'accept';
  if (!fields || !accepts) return values ? 'There is nothing to fill in.' : undefined;
  return formFault(fieldsOf(fields), values ?? {});
}
