/** The types of src/tree and the schemas say the same: each is what the other is, field by field. Checked by the compiler. */
import { expectTypeOf, it } from 'vitest';
import type * as z from 'zod/mini';
import type {
  Author,
  Branch,
  Finish,
  Generation,
  KnownChange,
  MessageHeader,
  ModelRef,
  OfLaterVersion,
  Origin,
  Usage,
} from '../tree/index.ts';
import type { knownAuthorSchema } from './author.ts';
import type { modelRefSchema } from './fields.ts';
import type {
  branchSchema,
  finishSchema,
  generationSchema,
  headerSchema,
  Message,
  messageSchema,
  OutlineItem,
  originSchema,
  outlineItemSchema,
  usageSchema,
} from './streams/items.ts';

/** Without `readonly`, which schemas do not say, and with all fields in one object. */
type Plain<T> = T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
type Said<Schema extends z.ZodMiniType> = Plain<z.infer<Schema>>;

it('the schemas and the types of the tree are the same', () => {
  expectTypeOf<Said<typeof modelRefSchema>>().toEqualTypeOf<Plain<ModelRef>>();
  expectTypeOf<Said<typeof knownAuthorSchema>>().toEqualTypeOf<
    Plain<Exclude<Author, { kind: OfLaterVersion }>>
  >();
  expectTypeOf<Said<typeof originSchema>>().toEqualTypeOf<Plain<Origin>>();
  expectTypeOf<Said<typeof usageSchema>>().toEqualTypeOf<Plain<Usage>>();
  expectTypeOf<Said<typeof finishSchema>>().toEqualTypeOf<Plain<Finish>>();
  expectTypeOf<Said<typeof branchSchema>>().toEqualTypeOf<Plain<Branch>>();
  expectTypeOf<Said<typeof generationSchema>>().toEqualTypeOf<Plain<Generation>>();
  expectTypeOf<Said<typeof headerSchema>>().toEqualTypeOf<Plain<MessageHeader>>();
  expectTypeOf<Plain<Omit<Message, 'parts'>>>().toEqualTypeOf<
    Plain<Omit<z.infer<typeof messageSchema>, 'parts'>>
  >();
});

it('an item of an outline is a change of the tree with its version', () => {
  expectTypeOf<z.infer<typeof outlineItemSchema>>().toExtend<OutlineItem>();
  expectTypeOf<OutlineItem>().toExtend<z.infer<typeof outlineItemSchema>>();
  expectTypeOf<Said<typeof outlineItemSchema>['kind']>().toEqualTypeOf<KnownChange['kind']>();
});
