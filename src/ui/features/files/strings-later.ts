/** What is said about files once there are some. */
import { amountText, numberText } from '../../components/amount-text.ts';

export const attachedFiles = 'Attached files';
export const moreBelow = (files: number) => `${amountText(files, 'more file')} below`;
export const removed = (name: string) => `Removed ${name}`;
export const tryAgain = 'Try again';
export const cancelOf = (name: string) => `Cancel ${name}`;
export const removeOf = (name: string) => `Remove ${name}`;
export const uploading = (name: string) => `Uploading ${name}`;
export const attached = (name: string | undefined) => `Attached ${name}`;
export const attachedSeveral = (count: number) => `${count} files attached`;
export const reading = (name: string) => `Reading ${name}`;
export const aboutTokens = (tokens: number) => `about ${amountText(tokens, 'token')}`;
export const readAsText = (count: number, piece: string) =>
  piece === 'document' ? 'as text' : `${amountText(count, piece)} as text`;
export const readInPart = (read: number, all: number, piece: string) =>
  piece === 'document'
    ? 'its beginning as text: a message takes 1 MB of it'
    : `the first ${numberText(read)} of ${amountText(all, piece)} as text: a message takes 1 MB of it`;
export const documentFaults = {
  encrypted: 'This file needs a password. Save it without one and attach that.',
  broken: 'This file is damaged, or not what its name says, and cannot be read.',
  bomb: 'This file unpacks to far more than a document holds, so it was not opened.',
  wordless: 'There are no words in this file, only pictures.',
  old: 'Office files from before 2007 (.doc, .xls, .ppt) cannot be read. Save it as .docx, .xlsx or .pptx.',
  slow: 'Reading this file took too much time or memory. Attach a part of it.',
} as const;
export const pageFaults = {
  ...documentFaults,
  wordless: 'Nothing on its pages can be drawn here. Save them as pictures and attach those.',
} as const;
export const pageName = (name: string, page: number) => `${name} page ${page}.jpg`;
export const firstPages = (pages: number, all: number) =>
  `The first ${amountText(pages, 'page')} of ${numberText(all)}: a message takes no more files.`;
export const asPages = 'As pictures';
export const asPagesOf = (name: string) => `Attach the pages of ${name} as pictures`;
export const asSource = 'As HTML';
export const asSourceOf = (name: string) => `Attach ${name} as it is written`;
export const documentKinds = {
  page: 'a PDF',
  sheet: 'a file of Excel',
  slide: 'a file of PowerPoint',
  chapter: 'a book (EPUB)',
  document: 'a file of Word',
} as const;
export const isReally = (kind: string, note: string) => `${kind}, ${note}`;
export const unlikeItsName = {
  text: 'text, whatever its name says',
  picture: 'a picture, whatever its name says',
  audio: 'audio, whatever its name says',
} as const;
export const turnedInto = (name: string) => `as ${name.endsWith('.png') ? 'PNG' : 'JPEG'}`;
interface SizeOfPicture {
  readonly width: number;
  readonly height: number;
}
export const madeSmaller = (from: SizeOfPicture, to: SizeOfPicture) =>
  `${from.width} × ${from.height}, sent as ${to.width} × ${to.height}`;
export const withoutDetails = 'without place and camera';
export const tooManyPixels =
  'This picture has more than 120 million pixels. Save it smaller and attach that.';
export const originalNotKept = 'the original is not kept: it has more than 30 MB';
export const saveOriginal = (name: string) => `Save the original (${name})`;
export const documentTooLarge = (most: number) =>
  `A picture, audio or a document can have at most ${most} MB.`;
export const asWav = 'as WAV';
export const audioFaults = {
  long: 'This is more than a message takes: 20 MB of MP3, or 10 minutes of other audio. Save it as a smaller MP3, or attach a part of it.',
  unreadable:
    'This audio is damaged, or of a kind that cannot be read here. Save it as MP3 or WAV and attach that.',
} as const;
export const isEmpty = 'This file is empty.';
export const tooLarge = (image: number, audio: number, text: number) =>
  `An image can have at most ${image} MB, audio ${audio} MB, a text file ${text} MB.`;
export const notUtf8 = 'This text is not in UTF-8.';
export const notReadable =
  'This file cannot be read any more: it was moved, changed or deleted. Attach it again.';
export const notUploaded = 'This file could not be uploaded.';
export const andMore = (names: string, more: number) => `${names} and ${more} more`;
export const leftOut = (most: number, names: string) =>
  `A message can have at most ${most} files. Left out: ${names}`;
export const unreadablePicture =
  'This picture is damaged, or of a kind (of HEIC or AVIF) that cannot be read here. Save it as JPEG and attach that.';
export const damagedPicture =
  'This picture is damaged or not whole, and cannot be shown. Attach another copy of it.';
export const mayNotBeSeen = 'damaged: a model may not see it';
export const readAsOf = (name: string) => `Read ${name} as`;
export const readAs = 'Read as…';

export const files = 'Files';
export const openOf = (name: string) => `Open ${name}`;
export const save = 'Save';
export const saveText = 'Save the text';
export const notHere = 'Not on this computer';
export const notHereWhy = 'not on this computer: it was attached at another one, or is gone';
export const imageGone = 'This image is damaged or no longer here.';
export const audioGone = 'This audio is no longer here, or cannot be played by this browser.';
export const playerOf = (name: string) => `Play ${name}`;
export const loadingFile = 'Loading the file';
export const fileGone = 'This file is no longer here, or Bough cannot be reached.';

export const gbk = 'Chinese (GBK)';
export const big5 = 'Chinese (Big5)';
export const shiftJis = 'Japanese (Shift JIS)';
export const eucJp = 'Japanese (EUC)';
export const eucKr = 'Korean (EUC-KR)';
export const western = 'Western (Windows-1252)';
export const centralEuropean = 'Central European (Windows-1250)';
export const cyrillic = 'Cyrillic (Windows-1251)';

export const pastedText = (characters: number) => `Pasted ${numberText(characters)} characters.`;
export const attachAsFile = 'Attach as a file';
export const keepAsText = 'Keep as text';
export const nowAFile = (name: string) => `Attached as ${name}`;
export const undo = 'Undo';

export const filesOfFolder = 'What is in the folder';
export const folderHolds = (files: number, room: number, whole: boolean) =>
  `${whole ? amountText(files, 'file') : `More than ${amountText(files, 'file')}; these are the first`}. ${
    room === 0 ? 'The message has no room for another.' : `The message has room for ${numberText(room)}.`
  }`;
export const attachCount = (files: number) => `Attach ${amountText(files, 'file')}`;
export const cancel = 'Cancel';
export const noRoom = 'no room left';
export const leftOutWhy = {
  hidden: 'hidden file',
  generated: 'made by tools',
  empty: 'empty',
  'too-large': 'too large',
  unreadable: 'no model reads it',
} as const;
export const emptyFolder = 'There are no files in this folder.';
