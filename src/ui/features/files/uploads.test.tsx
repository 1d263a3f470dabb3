import { beforeEach, describe, expect, test, vi } from 'vitest';
import { NetworkError, ServerError } from '../../../client/kit/errors.ts';
import type { UploadOptions } from '../../../client/types.ts';
import { IMAGE_LIMIT, type StoredFile } from '../../../protocol/index.ts';
import { useToasts } from '../../stores/toasts.ts';
import {
  attachmentsOf,
  forgetAttachments,
  giveBackFiles,
  readyFiles,
} from '../../stores/writing/attachments.ts';
import { DOCUMENT_LIMIT } from './documents/types.ts';
import { attach, detach, readAs, retryAll } from './uploads.ts';

const DRAFT = 'conversation1';
const file = (name: string, content = name) => new File([content], name);
const stored = (hash: string): StoredFile => ({ hash, type: 'text/plain', size: 4 });
const states = () => attachmentsOf(DRAFT).map(({ state }) => state);

interface Call {
  readonly options: UploadOptions;
  readonly done: (file: StoredFile) => void;
  readonly fail: (error: unknown) => void;
}

/** Uploads in the test's hands. */
function hand() {
  const calls: Call[] = [];
  const upload = vi.fn(
    (_file: Blob, options: UploadOptions = {}) =>
      new Promise<StoredFile>((done, fail) => calls.push({ options, done, fail })),
  );
  /** They are looked at before they go. */
  const begun = (count: number) => vi.waitFor(() => expect(upload).toHaveBeenCalledTimes(count));
  return { calls, upload, begun };
}

const failure = (cause: Error) => new Error(cause.message, { cause });

beforeEach(() => {
  forgetAttachments();
  localStorage.clear();
});

test('a file is uploaded with its progress and then kept over a reload', async () => {
  const { calls, upload, begun } = hand();
  attach(DRAFT, [file('notes.txt')], upload);
  expect(states()).toEqual([{ kind: 'uploading', share: 0 }]);
  await begun(1);
  calls[0]?.options.onProgress?.(0.5);
  expect(states()).toEqual([{ kind: 'uploading', share: 0.5 }]);
  calls[0]?.done(stored('aa'));
  await vi.waitFor(() => expect(states()[0]?.kind).toBe('ready'));
  forgetAttachments();
  expect(readyFiles(attachmentsOf(DRAFT))).toEqual([
    { kind: 'file', name: 'notes.txt', hash: 'aa', type: 'text/plain', size: 4 },
  ]);
});

test('what is taken out is cancelled, and its end changes nothing', async () => {
  const { calls, upload, begun } = hand();
  attach(DRAFT, [file('a'), file('b')], upload);
  await begun(2);
  const [first] = attachmentsOf(DRAFT);
  detach(DRAFT, first?.id as string);
  expect(calls[0]?.options.signal?.aborted).toBe(true);
  calls[0]?.fail(new DOMException('Cancelled', 'AbortError'));
  calls[1]?.done(stored('bb'));
  await vi.waitFor(() => expect(states()).toMatchObject([{ kind: 'ready', file: { name: 'b' } }]));
});

test('what a file was made of is kept beside it, unless the server takes none of its kind', async () => {
  const { calls, upload } = hand();
  const pages = [file('trees page 1.jpg'), file('trees page 2.jpg')];
  attach(DRAFT, pages, upload, file('trees.pdf'));
  calls[0]?.done(stored('aa'));
  calls[1]?.done(stored('bb'));
  await vi.waitFor(() => expect(upload).toHaveBeenCalledTimes(4));
  expect(calls[2]?.options.as).toBe('original');
  calls[2]?.done({ hash: 'cc', type: 'application/pdf', size: 9 });
  calls[3]?.fail(failure(new ServerError(415, 'file-type', 'No.')));
  await vi.waitFor(() => expect(states().map(({ kind }) => kind)).toEqual(['ready', 'ready']));
  expect(readyFiles(attachmentsOf(DRAFT))).toEqual([
    {
      ...{ kind: 'file', name: 'trees page 1.jpg', ...stored('aa') },
      original: { name: 'trees.pdf', hash: 'cc', type: 'application/pdf', size: 9 },
    },
    { kind: 'file', name: 'trees page 2.jpg', ...stored('bb') },
  ]);
});

test('a lost connection can be tried again, a refusal cannot', async () => {
  const { calls, upload, begun } = hand();
  attach(DRAFT, [file('a'), file('b.bin')], upload);
  await begun(2);
  calls[0]?.fail(failure(new NetworkError()));
  calls[1]?.fail(failure(new ServerError(415, 'file-type', 'This is neither an image nor text.')));
  await vi.waitFor(() =>
    expect(states()).toMatchObject([
      { kind: 'failed', again: true },
      { kind: 'failed', again: false, sentence: 'This is neither an image nor text.' },
    ]),
  );
  retryAll(DRAFT, upload);
  expect(states()[0]).toEqual({ kind: 'uploading', share: 0 });
  await begun(3);
  calls[2]?.done(stored('aa'));
  await vi.waitFor(() => expect(states()[0]?.kind).toBe('ready'));
  expect(upload).toHaveBeenCalledTimes(3);
});

test('what is too large or empty is refused before it is sent', () => {
  const { upload } = hand();
  const large = new File(['x'], 'film.png');
  Object.defineProperty(large, 'size', { value: DOCUMENT_LIMIT + 1 });
  const log = file('all.log');
  Object.defineProperty(log, 'size', { value: IMAGE_LIMIT + 1 });
  attach(DRAFT, [large, log, file('empty.txt', '')], upload);
  expect(states()).toMatchObject([
    { kind: 'failed', sentence: 'A picture, audio or a document can have at most 100 MB.' },
    { kind: 'failed', sentence: 'An image can have at most 10 MB, audio 20 MB, a text file 1 MB.' },
    { kind: 'failed', sentence: 'This file is empty.' },
  ]);
  expect(upload).not.toHaveBeenCalled();
});

test.each([
  [12, 'f10, f11'],
  [13, 'f10, f11, f12'],
  [40, 'f10, f11, f12 and 27 more'],
])('of %i files those beyond ten are left out, which is said briefly', (count, left) => {
  const { upload } = hand();
  attach(
    DRAFT,
    Array.from({ length: count }, (_, index) => file(`f${index}`)),
    upload,
  );
  expect(states()).toHaveLength(10);
  const said = useToasts.getState().toasts.at(-1)?.text;
  expect(said).toBe(`A message can have at most 10 files. Left out: ${left}`);
});

test('files given back stand before those attached meanwhile, each once', () => {
  const { upload } = hand();
  attach(DRAFT, [file('new')], upload);
  const old = { kind: 'file', name: 'old', ...stored('aa') } as const;
  giveBackFiles(DRAFT, [old]);
  giveBackFiles(DRAFT, [old]);
  expect(attachmentsOf(DRAFT).map(({ name }) => name)).toEqual(['old', 'new']);
});

const refused = () => failure(new ServerError(415, 'file-type', 'This is neither an image nor text.'));

test('text in UTF-16 is uploaded as UTF-8 once it was refused', async () => {
  const { calls, upload, begun } = hand();
  const content = Uint8Array.from([0xff, 0xfe, 0x47, 0, 0x72, 0, 0xfc, 0]);
  attach(DRAFT, [new File([content], 'notes.txt')], upload);
  await begun(1);
  calls[0]?.fail(refused());
  await vi.waitFor(() => expect(upload).toHaveBeenCalledTimes(2));
  expect(await upload.mock.calls[1]?.[0].text()).toBe('Grü');
  calls[1]?.done(stored('aa'));
  await vi.waitFor(() => expect(states()).toMatchObject([{ kind: 'ready', file: { name: 'notes.txt' } }]));
});

test('of text in another encoding a person says which, and sees how it begins', async () => {
  const { calls, upload, begun } = hand();
  attach(DRAFT, [new File([Uint8Array.from([0x47, 0x72, 0xf6, 0xdf, 0x65])], 'masse.txt')], upload);
  await begun(1);
  calls[0]?.fail(refused());
  await vi.waitFor(() => expect(states()).toMatchObject([{ kind: 'failed', again: false }]));
  const [attachment] = attachmentsOf(DRAFT);
  expect(attachment?.state).toMatchObject({
    sentence: 'This text is not in UTF-8.',
    readings: expect.arrayContaining([
      expect.objectContaining({ encoding: 'windows-1252', sample: 'Größe' }),
    ]),
  });
  await readAs(DRAFT, attachment?.id ?? '', 'windows-1252', upload);
  expect(await upload.mock.calls[1]?.[0].text()).toBe('Größe');
  calls[1]?.done({ ...stored('bb'), size: 7 });
  await vi.waitFor(() => expect(states()).toMatchObject([{ kind: 'ready' }]));
  expect(attachmentsOf(DRAFT)).toMatchObject([{ name: 'masse.txt', size: 7 }]);
});

describe('a file that was moved or deleted after it was attached', () => {
  /** As a browser has it that finds it gone, once `isGone`. */
  function vanishing(content: BlobPart, name: string) {
    const gone = new File([content], name);
    const read = gone.arrayBuffer.bind(gone);
    let isGone = false;
    gone.arrayBuffer = async () => {
      if (isGone) throw new DOMException('', 'NotReadableError');
      return read();
    };
    return { gone, vanish: () => (isGone = true) };
  }
  const GONE = { kind: 'failed', sentence: expect.stringContaining('cannot be read any more'), again: false };

  test('says so where it is to be read in an encoding', async () => {
    const { calls, upload, begun } = hand();
    const { gone, vanish } = vanishing(Uint8Array.from([0x47, 0x72, 0xf6, 0xdf, 0x65]), 'masse.txt');
    attach(DRAFT, [gone], upload);
    await begun(1);
    calls[0]?.fail(refused());
    await vi.waitFor(() => expect(states()).toMatchObject([{ kind: 'failed' }]));
    vanish();
    await readAs(DRAFT, attachmentsOf(DRAFT)[0]?.id ?? '', 'windows-1252', upload);
    expect(states()).toMatchObject([GONE]);
  });

  test('says so where the server took it for something else', async () => {
    const { calls, upload, begun } = hand();
    const { gone, vanish } = vanishing('words', 'notes.txt');
    attach(DRAFT, [gone], upload);
    await begun(1);
    vanish();
    calls[0]?.fail(refused());
    await vi.waitFor(() => expect(states()).toMatchObject([GONE]));
  });
});
