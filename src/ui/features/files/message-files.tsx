import { AudioLines, FileText, FileX } from 'lucide-react';
import { useState } from 'react';
import { type FilePart, filePath, isAudio, isImage } from '../../../protocol/index.ts';
import { cx } from '../../components/index.ts';
import { lengthText, sizeText } from '../../components/size-text.ts';
import { AudioPlayer } from './audio/audio-player.tsx';
import { attachedName } from './documents/types.ts';
import { FileDialog } from './file-dialog.tsx';
import { useFileHere } from './here.ts';
import * as strings from './strings-later.ts';

interface MessageFilesProps {
  readonly files: readonly FilePart[];
  /** -1: not in the tab order now; arrows go to the message first. */
  readonly tabIndex?: number;
}

/** The files of a message: images small, audio with a player, text files by name; each opens large. */
export function MessageFiles({ files, tabIndex }: MessageFilesProps) {
  const [open, setOpen] = useState<FilePart>();
  if (files.length === 0) return null;
  return (
    <>
      <ul
        aria-label={strings.files}
        className="mb-1.5 flex max-w-full flex-wrap justify-end gap-2 group-data-[role=assistant]/message:justify-start"
      >
        {files.map((file, index) => (
          // The same file may be there twice.
          // biome-ignore lint/suspicious/noArrayIndexKey: files of a message never change
          <li key={index} className="min-w-0 max-w-full">
            <FileButton file={file} tabIndex={tabIndex} onOpen={() => setOpen(file)} />
            {isAudio(file) && <Player file={file} tabIndex={tabIndex} />}
          </li>
        ))}
      </ul>
      {open && <FileDialog file={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

/** Nothing where the file is not: the button says that. */
function Player({ file, tabIndex }: Omit<FileButtonProps, 'onOpen'>) {
  if (useFileHere(file.hash, false) === false) return null;
  return (
    <div className="mt-1 text-danger text-xs">
      <AudioPlayer file={file} tabIndex={tabIndex} />
    </div>
  );
}

interface FileButtonProps {
  readonly file: FilePart;
  readonly tabIndex: number | undefined;
  readonly onOpen: () => void;
}

function FileButton({ file, tabIndex, onOpen }: FileButtonProps) {
  const [broken, setBroken] = useState(false);
  const { size, seconds, hash } = file;
  const name = attachedName(file);
  const large = seconds === undefined ? sizeText(size) : lengthText(seconds);
  const image = isImage(file) && !broken;
  // A picture that is shown is here; the row of a message is only there when it is in sight or near.
  const elsewhere = useFileHere(hash, !image) === false;
  const Icon = elsewhere ? FileX : isAudio(file) ? AudioLines : FileText;
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      aria-haspopup="dialog"
      aria-label={elsewhere ? `${strings.openOf(name)} (${strings.notHere})` : strings.openOf(name)}
      data-tip={`${name} · ${elsewhere ? strings.notHereWhy : sizeText(size)}`}
      onClick={onOpen}
      className="flex max-w-full items-center gap-2 overflow-hidden rounded-xl border border-line bg-surface text-left text-sm transition-colors hover:border-leaf"
    >
      {image ? (
        <img
          src={filePath(hash)}
          alt={name}
          loading="lazy"
          // Rows of the thread are measured: a place of fixed height is kept before the picture is there.
          className="block h-36 w-auto max-w-64 bg-sunken object-cover"
          onError={() => setBroken(true)}
        />
      ) : (
        <span className="flex min-h-11 min-w-0 items-center gap-2 px-3">
          <Icon aria-hidden size={17} className="shrink-0 text-muted" />
          <span className="min-w-0 truncate font-medium">{name}</span>
          <span className={cx('shrink-0 text-xs', elsewhere ? 'text-warn' : 'text-muted')}>
            {elsewhere ? strings.notHere : large}
          </span>
        </span>
      )}
    </button>
  );
}
