/**
 * Whether a schema takes a value, for items of which there are thousands: zod copies all it reads, which takes ten times as long and is thrown
 * away. Each part of the schema becomes a test, once; what a test does not take, or is of a kind that is not known here, is left to the schema
 * (decision 0289).
 */
import type * as z from 'zod/mini';

type Test = (value: unknown) => boolean;

/** A test of values by `schema`, made when it is first used. Its answer is the schema's own. */
export function quickCheck<S extends z.ZodMiniType>(schema: S): (value: unknown) => value is z.infer<S> {
  let test: Test | undefined;
  return (value): value is z.infer<S> => {
    test ??= testOf(schema) ?? (() => false);
    return test(value) || schema.safeParse(value).success;
  };
}

/** What a schema is made of (`zod/v4/core`), as far as it is known here. */
interface Def {
  readonly type: string;
  readonly coerce?: boolean;
  readonly checks?: readonly { readonly _zod: { readonly def: CheckDef } }[];
  readonly format?: string;
  readonly values?: readonly unknown[];
  readonly entries?: object;
  readonly fn?: Test;
  readonly element?: Schema;
  readonly innerType?: Schema;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly catchall?: Schema;
  readonly discriminator?: string;
  readonly options?: readonly Schema[];
}

interface CheckDef {
  readonly check: string;
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly value?: number;
  readonly inclusive?: boolean;
}

interface Schema {
  readonly _zod: { readonly def: unknown; readonly traits: ReadonlySet<string> };
}

/** True only of what the schema takes; undefined where something of the schema is not known here. */
export function testOf(schema: Schema): Test | undefined {
  const def = schema._zod.def as Def;
  const kind = def.coerce ? undefined : KINDS[def.type]?.(def, schema);
  const checks = (def.checks ?? []).map(({ _zod }) => CHECKS[_zod.def.check]?.(_zod.def));
  const known = checks.filter((check) => check !== undefined);
  if (!kind || known.length < checks.length) return undefined;
  return known.length === 0 ? kind : (value) => kind(value) && known.every((check) => check(value));
}

/** By `type`. */
const KINDS: Readonly<Record<string, (def: Def, schema: Schema) => Test | undefined>> = {
  string: ({ format }) => (format ? undefined : (value) => typeof value === 'string'),
  number: ({ format }) => NUMBERS[format ?? 'any'],
  boolean: () => (value) => typeof value === 'boolean',
  literal: ({ values }) => among(values),
  enum: ({ entries = {} }) => among(Object.values(entries)),
  custom: ({ fn }) => fn && ((value) => Boolean(fn(value))),
  array: ({ element }) => andThen(element, (test) => (value) => Array.isArray(value) && areAll(value, test)),
  nullable: ({ innerType }) => andThen(innerType, (test) => (value) => value === null || test(value)),
  readonly: ({ innerType }) => innerType && testOf(innerType),
  optional: ({ innerType }, schema) =>
    isExact(schema)
      ? innerType && testOf(innerType)
      : andThen(innerType, (test) => (value) => value === undefined || test(value)),
  object: fieldsTest,
  union: choiceTest,
};

const NUMBERS: Readonly<Record<string, Test>> = { any: Number.isFinite, safeint: Number.isSafeInteger };

/** By `check`; each of a value of the right kind. */
const CHECKS: Readonly<Record<string, (def: CheckDef) => Test | undefined>> = {
  string_format: ({ format, pattern }) =>
    format === 'regex' && pattern && !pattern.global && !pattern.sticky
      ? (value) => pattern.test(value as string)
      : undefined,
  min_length:
    ({ minimum = 0 }) =>
    (value) =>
      (value as string).length >= minimum,
  max_length:
    ({ maximum = 0 }) =>
    (value) =>
      (value as string).length <= maximum,
  greater_than: ({ value: least, inclusive }) =>
    typeof least === 'number' && inclusive ? (value) => (value as number) >= least : undefined,
};

const among = (values: readonly unknown[] = []): Test => {
  const all = new Set(values);
  return (value) => all.has(value);
};

function andThen(schema: Schema | undefined, make: (test: Test) => Test): Test | undefined {
  const test = schema && testOf(schema);
  return test && make(test);
}

/** Of holes, too, which `every` passes over. */
function areAll(values: readonly unknown[], test: Test): boolean {
  for (const value of values) if (!test(value)) return false;
  return true;
}

const isExact = ({ _zod }: Schema): boolean => _zod.traits.has('$ZodExactOptional');
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fieldsTest({ shape = {}, catchall }: Def): Test | undefined {
  const fields = Object.entries(shape).map(([name, schema]) => ({
    ...{ name, test: testOf(schema), isOptional: (schema._zod.def as Def).type === 'optional' },
  }));
  const known = fields.filter((field): field is typeof field & { test: Test } => field.test !== undefined);
  if (catchall || known.length < fields.length) return undefined;
  return (value) => {
    if (!isObject(value)) return false;
    for (const { name, test, isOptional } of known)
      if (name in value ? !test(value[name]) : !isOptional) return false;
    return true;
  };
}

/** By the field that says which it is. */
function choiceTest({ discriminator, options = [] }: Def): Test | undefined {
  if (discriminator === undefined) return undefined;
  const choices = new Map<unknown, Test>();
  for (const option of options) {
    const test = testOf(option);
    const says = (option._zod.def as Def).shape?.[discriminator]?._zod.def as Def | undefined;
    if (!test || says?.type !== 'literal') return undefined;
    for (const value of says.values ?? []) choices.set(value, test);
  }
  return (value) => isObject(value) && (choices.get(value[discriminator])?.(value) ?? false);
}
