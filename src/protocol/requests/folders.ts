/**
 * What is asked of the folders of a conversation's agents (docs/protocol.md, "Folders"). `POST /api/folders/{name}`, JSON in and out. Not part of `index.ts`: only
 * what is loaded late needs it.
 */
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { FOLDER_LIMIT } from '../limits.ts';

const conversation = idSchema;
const message = idSchema;
const path = z.string().check(z.minLength(1), z.maxLength(4_000));
const commit = z.string().check(z.regex(/^[0-9a-f]{40,64}$/));
const lines = z.object({ added: z.number(), removed: z.number() });

/** A file that two states have differently; paths from the top of the repository. */
const fileChange = z.object({
  path: z.string(),
  /** Where it was, of one that moved. */
  from: z.optional(z.string()),
  kind: z.enum(['added', 'removed', 'changed', 'moved', 'type']),
  /** Absent: it is no text. */
  lines: z.optional(lines),
  /** It may be run now, or may not any more. */
  mode: z.optional(z.boolean()),
});
const sums = z.object({ files: z.number(), added: z.number(), removed: z.number() });

const opener = z.string().check(z.trim(), z.maxLength(1_000));
const how = z.optional(z.enum(['mine', 'theirs', 'marked']));
const dry = z.optional(z.boolean());
const carried = z.object({
  /** The folder it is done in. */
  target: z.string(),
  /** What changes there. */
  files: z.array(fileChange),
  /** Paths that both changed, or where something stands that git ignores. With some nothing is done, unless `how` says what of them. */
  conflicts: z.array(z.object({ path: z.string(), why: z.enum(['both', 'ignored']) })),
  done: z.boolean(),
  /** What takes it back. */
  undo: z.optional(z.string()),
});

export const folderCommands = {
  /** How the files at `to` differ from those at `from`; null: where the folder of `to` was forked, or began. */
  changes: {
    input: z.strictObject({ conversation, from: z.nullable(message), to: message }),
    output: z.object({
      from: commit,
      to: commit,
      files: z.array(fileChange),
      /** There are more than are named. */
      more: z.boolean(),
      sums,
      /** Where the branch works. */
      folder: z.string(),
      copy: z.optional(z.string()),
    }),
  },
  /** What a file holds in a commit that `changes` named. */
  content: {
    input: z.strictObject({ conversation, message, commit, path }),
    output: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('none') }),
      z.object({ kind: z.literal('text'), text: z.string() }),
      z.object({ kind: z.literal('binary'), size: z.number() }),
      z.object({ kind: z.literal('large'), size: z.number() }),
    ]),
  },
  /** The files of a folder, one level, as they were at a message. */
  files: {
    input: z.strictObject({ conversation, message, under: z.optional(path) }),
    output: z.object({
      commit,
      entries: z.array(
        z.object({
          name: z.string(),
          kind: z.enum(['file', 'folder', 'link']),
          size: z.optional(z.number()),
        }),
      ),
    }),
  },
  /** Files and folders where the branch of a message works, by what is in their names, to be mentioned. `some`: there are more. */
  names: {
    input: z.strictObject({ conversation, message, query: z.string().check(z.maxLength(300)) }),
    output: z.object({ files: z.array(z.string()), some: z.boolean() }),
  },
  /** Brings what the branch of a message did to the person's folder, as changes that are not committed. `dry`: only says what it would do. */
  take: { input: z.strictObject({ conversation, message, how, dry }), output: carried },
  /** Makes the person's folder what it was at a message. */
  restore: { input: z.strictObject({ conversation, message, dry }), output: carried },
  /** Takes one of these back. */
  undo: { input: z.strictObject({ conversation, message, undo: idSchema, how, dry }), output: carried },
  /** Commits all of a branch's copy, in it. */
  commit: {
    input: z.strictObject({
      conversation,
      message,
      text: z.string().check(z.trim(), z.minLength(1, 'A commit needs a message.'), z.maxLength(10_000)),
    }),
    output: z.object({ commit: z.string() }),
  },
  /** Begins a branch of git where a branch's copy stands. */
  branch: {
    input: z.strictObject({
      conversation,
      message,
      name: z.string().check(z.trim(), z.minLength(1, 'A branch needs a name.'), z.maxLength(200)),
    }),
    output: z.object({}),
  },
  /** All copies there are. `size`: bytes. `words`: how the message begins that it was made for. `shown`: something in it is not hidden. */
  copies: {
    input: z.strictObject({}),
    output: z.object({
      copies: z.array(
        z.object({
          conversation: z.string(),
          copy: z.string(),
          path: z.string(),
          of: z.optional(z.string()),
          size: z.number(),
          at: z.optional(z.number()),
          words: z.optional(z.string()),
          shown: z.optional(z.boolean()),
        }),
      ),
    }),
  },
  /** Takes a copy away. What was kept of it stays, and the next reply there makes it again. `anyway`: also where some of it cannot be kept. */
  'put-away': {
    input: z.strictObject({ conversation, copy: idSchema, anyway: z.optional(z.boolean()) }),
    output: z.object({}),
  },
  /** Makes a copy again that was put away. Without `path` there is nothing to bring back. */
  'bring-back': {
    input: z.strictObject({ conversation, copy: idSchema }),
    output: z.object({ path: z.optional(z.string()) }),
  },
  /** What copies of a folder's repository take along of what git ignores, and the line that is run in a new one. Without `paths`: says so. */
  along: {
    input: z.strictObject({
      folder: z.string().check(z.minLength(1), z.maxLength(FOLDER_LIMIT)),
      paths: z.optional(z.array(path).check(z.maxLength(50))),
      run: z.optional(z.string().check(z.trim(), z.maxLength(1_000))),
    }),
    /** Without `top` branches can have no copies of the folder: `why`, in a sentence. `run` is empty where nothing is run. */
    output: z.object({
      top: z.optional(z.string()),
      why: z.optional(z.string()),
      paths: z.array(z.string()),
      run: z.optional(z.string()),
    }),
  },
  /** Opens the folder of a message's branch, or a file in it as it is now, on the computer of Bough, by the command a person set for it. */
  open: {
    input: z.strictObject({
      conversation,
      message,
      with: z.enum(['editor', 'terminal']),
      path: z.optional(path),
    }),
    output: z.object({}),
  },
  /** The commands it is opened by; empty: there is none. Sets those that are given. */
  openers: {
    input: z.strictObject({ editor: z.optional(opener), terminal: z.optional(opener) }),
    output: z.object({ editor: z.string(), terminal: z.string() }),
  },
} as const;

export type FolderCommand = keyof typeof folderCommands;
export type FolderInput<N extends FolderCommand> = z.infer<(typeof folderCommands)[N]['input']>;
export type FolderOutput<N extends FolderCommand> = z.infer<(typeof folderCommands)[N]['output']>;

export type ListedCopy = FolderOutput<'copies'>['copies'][number];

export const folderPath = (name: FolderCommand): string => `/api/folders/${name}`;
export const folderNames = Object.keys(folderCommands) as FolderCommand[];
